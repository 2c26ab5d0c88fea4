"""Function and employer of people, by the way in which a release tells them."""

from __future__ import annotations

import re

import pytest

from alambic.entities import Mention, Reading, resolve

# A text with mentions marked ([Verkor] an organisation, {Claire Dupont} a person), and what it tells of each person.
APPOSITION = [
    ("{Odile Haas}, 44 ans, est titulaire d'un master de l'[Université Merle].", [(None, None)]),
    ("{Odile Haas}, déléguée de la [Fondation Merle]\net quatre lecteurs tirés au sort", [("déléguée de la Fondation Merle", "Fondation Merle")]),
    ("La ministre salue sa veuve {Odile Haas} et ses enfants.", [(None, None)]),
    ("La [Merle] a élu {Odile Haas} présidente pour un mandat de trois ans.", [("présidente", "Merle")]),
    ("La [Merle] renouvelle le mandat de {Odile Haas} à titre de directrice générale.", [("directrice générale", "Merle")]),
    ("{Odile Haas}, présidente de l'[OPS], a signé.", [("présidente de l'OPS", "OPS")]),
    ("La présidente de l'[OPS], {Odile Haas}, a signé.", [("présidente de l'OPS", "OPS")]),
    ("{Odile Haas}, directrice des achats, [Merle SA]", [("directrice des achats", "Merle SA")]),
    ("{Odile Haas}, Regional Director, [Merle]", [("Regional Director, Merle", "Merle")]),
    ("{Odile Haas} - VP Engineering, [Merle]", [("VP Engineering, Merle", "Merle")]),
    ("{Odile Haas} - DRH, [Merle]", [("DRH", "Merle")]),
    ("{Odile Haas} - Président du directoire, [Merle]", [("Président du directoire", "Merle")]),
    ("{Odile Haas}, directrice de [Merle]\n{Jean Roy}, président de [Bel]", [("directrice de Merle", "Merle"), ("président de Bel", "Bel")]),
    ("[Bel] recrute.\n{Odile Haas} - Directrice de la communication, [Merle]\n{Jean Roy} - Directeur des achats\nÀ propos de [Bel]",
     [("Directrice de la communication", "Merle"), ("Directeur des achats", "Bel")]),
    ("{Odile Haas} - Investment Director, [Merle]", [("Investment Director, Merle", "Merle")]),
    ("{Odile Haas} ([Merle]), directrice des achats, a signé.", [("directrice des achats", "Merle")]),
    ("{Odile Haas}, aujourd'hui cheffe de pôle au [CHU de Brive]", [("cheffe de pôle au CHU de Brive", "CHU de Brive")]),
    ("Directrice du [CHU de Brive] depuis 2019, {Odile Haas} part.", [("directrice du CHU de Brive", "CHU de Brive")]),
    ("{Odile Haas} chargée des affaires publiques chez [Merle]", [("chargée des affaires publiques chez Merle", "Merle")]),
    ("Le directeur est {Jean Roy}. À propos de [Merle]", [("directeur", "Merle")]),
    ("le rappeur {Jo Bé}, chez [Merle], chante.", [("rappeur", "Merle")]),
    ("{Jean Roy}, ingénieur, président de [Merle], a signé.", [("président de Merle", "Merle")]),
    ("{Jean Roy}, président de [Merle], ancien ministre", [("président de Merle", "Merle")]),
    ("1er adjoint : {Jean Roy}", [("1er adjoint", None)]),
    # the current function before the former one, the post before the trade
    ("{Jean Roy}, ancien directeur de [Bel], se tait. {Jean Roy}, président de [Merle], parle.", [("président de Merle", "Merle")]),
    ("L'avocat {Jean Roy}, qui vit à Lyon. {Jean Roy} est président de [Merle].", [("président de Merle", "Merle")]),
]  # fmt: skip

VERBS = [
    ("{Odile Haas} est nommée directrice générale de [Merle].", [("directrice générale de Merle", "Merle")]),
    ("{Odile Haas} a été élue hier présidente de [Merle].", [("présidente de Merle", "Merle")]),
    ("[Merle] a nommé {Odile Haas} directrice générale, dès le 1er mars.", [("directrice générale", "Merle")]),
    ("{Odile Haas} prend la tête de [Merle].", [(None, "Merle")]),
    ("{Odile Haas}, qui dirige [Merle], a signé.", [(None, "Merle")]),
    ("{Odile Haas}, à la tête de [Merle], a signé.", [(None, "Merle")]),
    ("{Odile Haas}, 47 ans, prendra le 1er juin la direction de [Merle].", [(None, "Merle")]),
    ("{Odile Haas} rejoint [Merle] en tant que directrice des achats.", [("directrice des achats", "Merle")]),
    ("{Odile Haas} rejoint [Merle] comme directrice des achats.", [("directrice des achats", "Merle")]),
    ("{Odile Haas} occupe le poste de directrice des achats chez [Merle].", [("directrice des achats chez Merle", "Merle")]),
    ("{Odile Haas} succède à {Jean Roy} à la tête de [Merle].", [(None, "Merle"), (None, "Merle")]),
    ("{Odile Haas} succède à {Jean Roy}, parti, au poste de directeur de [Merle].", [("directeur de Merle", "Merle")] * 2),
    ("[Merle], fondée en 2019 par {Odile Haas} et {Jean Roy}, recrute.", [(None, "Merle")] * 2),
    ("Fondée en 2019 par {Odile Haas}, [Merle] recrute.", [(None, "Merle")]),
    ("[Merle], que préside {Odile Haas}, recrute.", [(None, "Merle")]),
    ("[Merle], la start-up de {Odile Haas}, recrute.", [(None, "Merle")]),
    ("Le conseil de [Merle], réuni sous la présidence de {Odile Haas}, a voté.", [(None, "Merle")]),
    ("[Merle] recrute.\n{Odile Haas}, directrice artistique, a fondé [Bel] en 2001.\nÀ propos de [Merle]",
     [("directrice artistique", "Merle")]),
    ("Réuni sous la présidence d'{Odile Haas}, le conseil de surveillance de [Merle] a voté.", [(None, "Merle")]),
    ("L'[Agence du Massif] ([ADM]), présidée par {Odile Haas}, recrute.", [(None, "Agence du Massif")]),
    ("[Merle], start-up fondée à Redon en 2019 par {Odile Haas}, recrute.", [(None, "Merle")]),
    ("[Groupe Merle], par la voix d'{Odile Haas}, a regretté ce choix.", [(None, "Groupe Merle")]),
    ("[Merle] recrute.\n\nLe conseil d'administration, réuni le 4 mai sous la présidence de Mme {Haas}, a voté.", [(None, "Merle")]),
    # what is over, and what is another's
    ("[Merle] recrute.\n\nLe jury, réuni sous la présidence d'{Odile Haas}, a voté.", [(None, None)]),
    ("{Odile Haas} a dirigé [Bel] pendant dix ans.", [(None, None)]),
    ("{Odile Haas} a rencontré le directeur de [Bel].", [(None, None)]),
    ("{Odile Haas}, en présence de {Jean Roy}, dirigeant de [Bel], a signé.", [(None, None), ("dirigeant de Bel", "Bel")]),
]  # fmt: skip

OWN_HOUSE = [
    ("[Merle] recrute, dit {Odile Haas}, directrice générale.", [("directrice générale", "Merle")]),
    ("[Merle] recrute, dit {Odile Haas}, directrice de la communication.", [("directrice de la communication", "Merle")]),
    ("[Merle] recrute, dit {Odile Haas}, présidente du Conseil d'administration.",
     [("présidente du Conseil d'administration", "Merle")]),
    ("[Merle] recrute, dit {Odile Haas}, conseillère aux communications.", [("conseillère aux communications", "Merle")]),
    ("Le [CHU de Brive] est loin de [Merle]. {Odile Haas}, directrice du CHU", [("directrice du CHU", "CHU de Brive")]),
    ("Une lettre de [Merle] et [Bel].\n\nChez [Bel], on attend, dit {Odile Haas}, juriste de l'association.\nÀ propos de [Merle]",
     [("juriste de l'association", None)]),
    ("Une lettre de [Merle] et [Bel].\n\nChez [Bel], on attend, dit {Odile Haas}, directrice de l'association.\nÀ propos de [Merle]",
     [("directrice de l'association", "Bel")]),
    ("[Merle] agit. [Bel] se tait. Sa directrice, {Odile Haas}, aussi. À propos de [Merle]", [("directrice", "Bel")]),
    ("[Merle] signe avec [Bel] et son président, {Jean Roy}.", [("président", "Bel")]),
    ("[Bel] attend. {Jean Roy}, son président, aussi. À propos de [Merle]", [("président", "Bel")]),
    ("[Merle] recrute, dit {Odile Haas}, vice-présidente en charge des Mobilités.",
     [("vice-présidente en charge des Mobilités", "Merle")]),
    ("[Merle] recrute. {Odile Haas}, notre juriste, a saisi [Bel].", [("juriste", "Merle")]),
    # not an office, a trade, a jury, a body whose name was not recognised
    ("[Merle] recrute, dit {Odile Haas}, maire.", [("maire", None)]),
    ("[Merle] recrute, dit {Odile Haas}, ministre de la Culture.", [("ministre de la Culture", None)]),
    ("[Merle] recrute, dit {Odile Haas}, préfète du [Haut-Velay].", [("préfète du Haut-Velay", None)]),
    ("[Merle] recrute, dit {Odile Haas}, avocate.", [("avocate", None)]),
    ("[Merle] prime. Le jury : {Odile Haas} (présidente)", [("présidente", None)]),
    ("[Merle] recrute, dit {Odile Haas}, présidente de Bel.", [("présidente de Bel", None)]),
    ("[Merle] recrute, dit {Odile Haas}, présidente du comité de quartier des Halles.",
     [("présidente du comité de quartier des Halles", None)]),
    ("[Merle] gagne.\nLe staff : {Jean Roy} (entraîneur), {Luc Petit} (adjoint)", [("entraîneur", "Merle"), ("adjoint", "Merle")]),
    ("Le maire et son adjoint aux sports, {Jean Roy}, étaient là. À propos de [Merle]", [("adjoint aux sports", None)]),
    ("{Odile Haas}, maire de Redon et présidente de [Redon Agglo]", [("maire de Redon et présidente de Redon Agglo", "Redon Agglo")]),
    ("[Merle] · [Bel] · [Hôtel du Lac]\n\n{Odile Haas}, maire de Redon, a souri.", [("maire de Redon", None)]),
    ("{Odile Haas} (PS), maire de Redon, et {Jean Roy} ([MoDem]), maire de Vitré.", [("maire de Redon", None), ("maire de Vitré", "MoDem")]),
    ("/[CNW Telbec]/ – [Merle] recrute.\n{Odile Haas}, directrice générale, sourit.", [("directrice générale", "Merle")]),
    ("[Persbericht]\n[Merle] recrute.\n{Odile Haas}, directrice générale, sourit.", [("directrice générale", "Merle")]),
]  # fmt: skip

BESIDE = [
    ("avec {Odile Haas} ([FSU]), {Jean Roy} ([Snalc])", [(None, "FSU"), (None, "Snalc")]),
    ("avec {Odile Haas} et {Jean Roy} ([FSU])", [(None, "FSU")] * 2),
    ("Société : [Orrick] ({Odile Haas}, associée, et {Jean Roy})", [("associée", "Orrick"), (None, "Orrick")]),
    ("L'équipe de [Orrick] comprenait {Odile Haas}, associée.", [("associée", "Orrick")]),
    ("Merci à {Odile Haas}, de [La Quadrature du Net].", [(None, "La Quadrature du Net")]),
    ("Chez [Merle], {Odile Haas} s'étonne.", [(None, "Merle")]),
    ("Chez [Merle], {Odile Haas}, juriste, s'étonne.", [("juriste", "Merle")]),
    ("– [ETH Zurich] : {Odile Haas} confirmée\n– [Institut Scherrer] ([PSI]) : {Jean Roy} reconduit",
     [(None, "ETH Zurich"), (None, "Institut Scherrer")]),
    ("Présents :\n- {Odile Haas}, [Merle]\n- {Jean Roy}, [Bel]", [(None, "Merle"), (None, "Bel")]),
    ("{Odile Haas}, juriste, [Merle] · {Jean Roy}, géographe, [Bel] ·", [("juriste", "Merle"), ("géographe", "Bel")]),
    ("HAAS\n{HAAS Odile}\tPrésidente\t[Merle]\n{ROY Jean}\tTrésorier\t[Bel]", [("Présidente", "Merle"), ("Trésorier", "Bel")]),
    ("Ils lèvent des fonds :\n[Merle] (Grasse, {Odile Haas}) – 4 M€", [(None, "Merle")]),
    ("Témoins : le préfet et {Odile Haas}, [Métropole de Redon] (MR).", [(None, "Métropole de Redon")]),
    ("La [Société des amis], à la tête de laquelle se trouve {Odile Haas}, aide.", [(None, "Société des amis")]),
    ("avec {Luc Petit} ([FSU]), {Odile Haas} et {Jean Roy} ([Snalc])", [(None, "FSU"), (None, None), (None, "Snalc")]),
    ("{Odile Haas}, [Institut Bel] ([CNRS], [Inserm]), Paris", [(None, "Institut Bel")]),
    ("Étaient là, pour le groupe [Merle], Mme {Haas}.", [(None, "Merle")]),
    ("Étaient là le préfet et, au nom du club [Merle], {Odile Haas}.", [(None, "Merle")]),
    ("Un comité :\n{Luc Petit}, risques et conformité\n{Odile Haas}, ressources humaines\n{Jean Roy}, finances\nÀ propos de [Merle]",
     [("risques et conformité", "Merle"), ("ressources humaines", "Merle"), ("finances", "Merle")]),
    ("[Merle] écrit à {Odile Haas} ([Économie]) et à {Jean Roy} ([Commerce]).", [("Économie", None), ("Commerce", None)]),
    ("• Vendredi : Le Vague, {Odile Haas}, [Les Filles du Lac]\n• Samedi : relâche", [(None, None)]),
    ("{ODILE HAAS} – Associée, Droit public des affaires\nElle est arrivée hier.\nÀ propos de [Merle]",
     [("Associée, Droit public des affaires", "Merle")]),
    ("{Odile Haas}, directrice, Redon\nÀ propos de [Merle]", [("directrice", "Merle")]),
    ("[Merle SA], 15 rue du Lac, Redon. Votre contact : {Odile Haas}.", [(None, "Merle SA")]),
    # titles of books are no house, whatever they were taken for
    ("Finalistes :\n• {Odile Haas}, [Le Vol] ([Grasset])", [(None, None)]),
]  # fmt: skip

CONTACTS = [
    ("CONTACTS\n\n[Merle]\nRelations investisseurs : {Odile Haas} – 01 02 03 04 05\nRelations presse : {Jean Roy} – 01 02 03 04 06",
     [("Relations investisseurs", "Merle"), ("Relations presse", "Merle")]),
    ("Le [CHU de Redon] ouvre un service.\n\nContact : {Odile Haas} - Tél. 06.00.00.00.00 - o.haas@chu-redon.fr",
     [(None, "CHU de Redon")]),
    ("Contacts\nChercheuse [Merle] | {Odile Haas} | T +33 (0)4 76 54 94 15 | odile.haas@merle.fr", [("Chercheuse Merle", "Merle")]),
    ("Contact presse : [Agence Bel] – {Odile Haas} & {Jean Roy}, bel@exemple.fr", [(None, "Agence Bel")] * 2),
    ("Contacts : {Odile Haas} ([Merle]) ; {Jean Roy} ([Bel])", [(None, "Merle"), (None, "Bel")]),
    ("Contacts presse\n[Merle] : {Odile Haas} / {Jean Roy} - [Bel] : {Luc Petit}, service communication",
     [(None, "Merle"), (None, "Merle"), ("service communication", "Bel")]),
    ("CONTACTS\n\n[Merle]\n{Odile Haas}\nDirectrice financière\n01 02 03 04 05\n\n[Bel]\n{Jean Roy}\nRelations médias\njr@bel.fr",
     [("Directrice financière", "Merle"), ("Relations médias", "Bel")]),
    ("CONTACTS\n[Merle]\t[Bel]\n{Odile Haas}\t{Jean Roy}\nDirectrice financière\tRelations médias\n01 02 03 04 05\tjr@bel.fr",
     [("Directrice financière", "Merle"), ("Relations médias", "Bel")]),
    ("[Maréva Industries] recrute.\nContact : {Odile Haas}, o.haas@mareva.example", [(None, "Maréva Industries")]),
    ("[Free] et [Orange] signent.\nContact : {Odile Haas}, odile.haas@orange.fr", [(None, None)]),
    ("Presse\n{Odile Haas}, [Trames], odile@exemple.fr", [(None, "Trames")]),
    ("Contact : {Odile Haas}, chargée de plaidoyer, [Merle] – o@exemple.fr", [("chargée de plaidoyer", "Merle")]),
    ("Relations presse : [L'Agence Bel], {Odile Haas}, 01 02 03 04 05", [(None, "L'Agence Bel")]),
    ("[Bel], service communication, {Odile Haas}, 01 02 03 04 05", [(None, "Bel")]),
    ("[Merle] recrute.\nSOURCE [Bel]\nRenseignements : {Odile Haas}, conseillère aux médias, 514 000-0000",
     [("conseillère aux médias", "Bel")]),
    ("Contacts presse [Région Bel]\n{Odile Haas} : 05 61 00 56 02 – {Jean Roy} : 04 67 00 81 12", [(None, "Région Bel")] * 2),
    ("[Merle] recrute.\nPresse : {Odile Haas}, o@merle.example – {Jean Roy}, 02 03 04 05 06", [(None, "Merle")] * 2),
    ("La [Ville de Redon-sur-Vilaine] plante.\nContact : {Odile Haas}, presse@redonsurvilaine.example",
     [(None, "Ville de Redon-sur-Vilaine")]),
    ("La [Caisse du Nord] prête.\nContact : {Odile Haas}, presse@laposte.example", [(None, None)]),
    ("Service de presse [STM] : {Odile Haas}, +41 21 000 45 60\nSur le chantier : {Jean Roy}, +33 6 00 25 39 40", [(None, "STM")] * 2),
    ("Contact médias : {Odile Haas} ([FR]) - {Jean Roy} ([NL])", [(None, None)] * 2),
    ("Contact : {Odile Haas}, porte-parole, presse@merle.example\n[Merle]", [("porte-parole", "Merle")]),
    ("Presse [Merle] – {Odile Haas}\nPresse Bel – {Jean Roy}", [(None, "Merle"), (None, None)]),
    ("Contacts presse\n[Merle et Associés] – {Odile Haas}, Directrice de la communication\n[Agence Bel] – {Jean Roy} – 01 02 03 04 05",
     [("Directrice de la communication", "Merle et Associés"), (None, "Agence Bel")]),
    ("[Merle] recrute.\nContact : {Odile Haas}, 01 02 03 04 05", [(None, None)]),
]  # fmt: skip

RESUMED = [
    ("9h\tOuverture : {Odile Haas}, présidente de [Merle] ; {Jean Roy}, sous-préfet de Redon\n10h\tAteliers",
     [("présidente de Merle", "Merle"), ("sous-préfet de Redon", None)]),
    ("bureau élu : présidente {Odile Haas}, trésorier {Jean Roy}. À propos de [Merle]",
     [("présidente", "Merle"), ("trésorier", "Merle")]),
    ("{Odile Haas} arrive. Elle est directrice des achats de [Merle].", [("directrice des achats de Merle", "Merle")]),
    ("{Odile Haas} quitte son poste. Cette dernière reste dans la maison comme conseillère du président.\nÀ propos de [Merle]",
     [("conseillère du président", "Merle")]),
    ("À Redon, {Jean Roy} irrigue son maïs. L'agriculteur doute.", [("agriculteur", None)]),
    ("Le texte passera, a promis {Jean Roy}. Le garde des Sceaux a ensuite dîné.", [("garde des Sceaux", None)]),
    ("{Luis Roy}\nNé à Lima, ce travailleur social de Redon milite.", [("travailleur social de Redon", None)]),
    ("{Odile Haas} rejoint le Groupe en qualité de directrice des achats.\nÀ propos de [Merle]",
     [("directrice des achats", "Merle")]),
    # what is another's: of the other gender, in a sentence of two people, a company, someone named, a label
    ("{Odile Haas} arrive. Il est directeur de [Merle].", [(None, None)]),
    ("{Odile Haas} a reçu {Claire Petit}. Elle est directrice de [Merle].", [(None, None)] * 2),
    ("{Jean Roy} choisit [Merle]. L'éditeur de logiciels recrute.", [(None, None)]),
    ("{Jean Roy} sourit. Le directeur {Luc Petit} aussi.", [(None, None), ("directeur", None)]),
    ("Le père : {Jean Roy}\nL'ingénieur : {Luc Petit}", [(None, None)] * 2),
    ("{Odile Haas}, ancienne ministre, sourit. Elle était auparavant maire de Redon.", [("ancienne ministre", None)]),
]  # fmt: skip

SHARED = [
    ("Y siègent {Odile Haas} et {Jean Roy}, respectivement maire de Redon et directeur de [Merle].",
     [("maire de Redon", None), ("directeur de Merle", "Merle")]),
    ("une exposition (commissaires : {Odile Haas}, {Jean Roy})", [("commissaires", None)] * 2),
    ("{Odile Haas} et {Jean Roy}, respectivement ravie et déçu", [(None, None)] * 2),
    ("Les deux autres fondateurs, {Odile Haas} et {Jean Roy}, restent. À propos de [Merle]", [("fondateurs", "Merle")] * 2),
    ("{Odile Haas} et {Jean Roy}, copropriétaires de [Merle], signent.", [("copropriétaires de Merle", "Merle")] * 2),
    ("un jury de journalistes :\n{Odile Haas} ([Causette]) et {Jean Roy} ([Ernest])",
     [("journalistes", "Causette"), ("journalistes", "Ernest")]),
    ("Les nouveaux administrateurs :\n- {Odile Haas}\n- {Jean Roy}, notaire", [("administrateurs", None), ("notaire", None)]),
    # the next in a list, a name that ends like a function
    ("avec {Odile Haas} et {Jean Roy}, les fromagers de [Merle], des élus", [(None, None)] * 2),
    ("[Joffe & Associés] ({Odile Haas}, {Jean Roy}).", [(None, "Joffe & Associés")] * 2),
]  # fmt: skip


def _work(marked: str) -> list[tuple[str | None, str | None]]:
    text, mentions = "", []
    for piece in re.split(r"(\[[^\]]+\]|\{[^}]+\})", marked):
        if piece[:1] in ("[", "{"):
            label = "ORG" if piece[0] == "[" else "PER"
            mentions.append(Mention(len(text), len(text) + len(piece) - 2, label, 0.97))
            piece = piece[1:-1]
        text += piece
    return [(p.role, p.employer) for p in resolve(text, Reading.from_mentions(text, mentions)).people]


@pytest.mark.parametrize(
    ("marked", "work"), APPOSITION + VERBS + OWN_HOUSE + BESIDE + CONTACTS + SHARED + RESUMED
)
def test_function_and_employer_as_the_release_tells_them(
    marked: str, work: list[tuple[str | None, str | None]]
) -> None:
    assert [(role.lower() if role else role, firm) for role, firm in _work(marked)] == [
        (role.lower() if role else role, firm) for role, firm in work
    ]
