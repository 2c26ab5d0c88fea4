"""Tokens keep the text whole and take time with its length, whatever signs it is made of."""

from __future__ import annotations

import time

import pytest

from alambic.tokens import French


@pytest.mark.parametrize(
    "text",
    [
        "L’usine d’Arras coûte 3,5 M€ (hors taxes).",
        " deux  blancs\n\n" + "«" * 101 + "  et la suite",
        "(" * 350 + "\u00a0" + "x" * 200,
        "https://example.org/" + "a/b?c=d&" * 40 + " fin",
    ],
)
def test_tokens_put_together_are_the_text(text: str) -> None:
    assert French().make_doc(text).text == text


def test_an_address_of_usual_length_is_one_token() -> None:
    address = "https://example.org/communiques/2025/03/ouverture-de-l-usine-de-dunkerque.pdf"
    assert address in [token.text for token in French().make_doc(f"À lire sur {address} dès demain.")]


@pytest.mark.parametrize("sign", ["(", "«", "[", "1", "€", "x"])
def test_time_is_linear_in_a_run_without_blanks(sign: str) -> None:
    nlp = French()
    nlp.make_doc(sign * 1_000)

    def seconds(length: int) -> float:
        took = []
        for _ in range(3):
            began = time.process_time()
            nlp.make_doc(sign * length)
            took.append(time.process_time() - began)
        return min(took)

    assert seconds(40_000) < 10 * seconds(10_000) + 0.05  # the cube would be 64 times
