"""Many releases: processes, journal, resume, rejected inputs."""
