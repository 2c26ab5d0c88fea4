"""`python -m alambic`."""

from alambic.cli import main

if __name__ == "__main__":
    main()
