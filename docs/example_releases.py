"""Makes the three releases of the tutorial: a PDF, an HTML page and an e-mail. All names in them are invented.

python docs/example_releases.py releases      # needs reportlab: pip install reportlab
"""

from __future__ import annotations

import sys
from email.message import EmailMessage
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

PDF_TITLE = "Brumelle Énergie inaugure son usine de batteries à Saint-Nazaire"
PDF_PARAGRAPHS = (
    "Saint-Nazaire, le 12 mars 2025 – Brumelle Énergie inaugure aujourd’hui son usine de batteries. Le site a reçu "
    "48 millions d’euros, dont 12,5 % de fonds publics, et emploie déjà plus de 220 salariés. Il produira 3 GWh/an "
    "à partir de fin 2026.",
    "« Cette usine est née d’un pari : fabriquer ici ce que nous achetions ailleurs », déclare Nadège Kervella, "
    "directrice générale de Brumelle Énergie.",
    "Pour Yannick Le Sauter, président de la Région Pays de la Loire, « l’industrie revient sur l’estuaire ».",
)

HTML = """<!DOCTYPE html>
<html lang="fr">
<head><meta charset="utf-8"><title>La Fondation Orvalis donne 3 M€ aux lycées agricoles</title></head>
<body>
<nav><a href="/">Accueil</a> <a href="/presse">Presse</a> <a href="/contact">Contact</a></nav>
<main><article>
<h1>La Fondation Orvalis donne 3 M€ aux lycées agricoles</h1>
<p>Dijon, le 3 avril 2025. La Fondation Orvalis consacre 3 M€ à quatorze lycées agricoles de 2025 à 2027. Près de
4 500 élèves sont concernés dès la rentrée prochaine.</p>
<p>« Nos lycées forment ceux qui nourriront le pays », rappelle Hélène Vauquelin, présidente de la fondation. « Ils
méritent mieux que des discours », ajoute-t-elle.</p>
</article></main>
<footer>© 2025 Fondation Orvalis · Mentions légales</footer>
</body>
</html>
"""

MAIL_SUBJECT = "Communiqué : Brumelle Énergie et Transval signent pour cinq ans"
MAIL_TEXT = """\
Brumelle Énergie et Transval signent pour cinq ans

Nantes, le 22 mai 2025

Brumelle Énergie livrera à Transval 900 batteries d'ici juin 2026. Le contrat vaut entre 15 et
18 millions d'euros et court jusqu'en 2030.

« Nos cars rouleront avec des cellules faites à 60 km de nos dépôts », se réjouit Malik Benaïssa,
directeur technique de Transval.

Contact presse : Inès Tallec, presse@brumelle.example
"""


def make(folder: Path) -> None:
    """Writes the three files into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    _pdf(folder / "inauguration.pdf")
    (folder / "orvalis.html").write_text(HTML, encoding="utf-8")
    mail = EmailMessage()
    mail["From"] = "Inès Tallec <presse@brumelle.example>"
    mail["To"] = "redaction@journal.example"
    mail["Date"] = "Thu, 22 May 2025 09:12:00 +0200"
    mail["Subject"] = MAIL_SUBJECT
    mail.set_content(MAIL_TEXT)
    (folder / "transval.eml").write_bytes(mail.as_bytes())


def _pdf(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setFont("Helvetica-Bold", 14)
    y = 780.0
    canvas.drawString(60, y, PDF_TITLE)
    canvas.setFont("Helvetica", 11)
    y -= 34
    for paragraph in PDF_PARAGRAPHS:
        for line in simpleSplit(paragraph, "Helvetica", 11, 470):
            canvas.drawString(60, y, line)
            y -= 15
        y -= 15
    canvas.save()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the folder: python docs/example_releases.py releases")
    make(Path(sys.argv[1]))
