"""The colours of the page can be read by everyone: 4.5 to 1 between ink and ground, light, dark and printed."""

import re

import pytest

from recoupe.writing.to_html import TEMPLATES

CSS = (TEMPLATES / "dossier.css").read_text("utf-8")
VERDICTS = ("contested", "updated", "compatible", "corroborated", "single")
PAIRS = [
    *((ink, ground) for ink in ("ink", "soft", "link") for ground in ("paper", "card", "said")),
    *((verdict, ground) for verdict in VERDICTS for ground in ("paper", "card", f"{verdict}-ground")),
    *(("ink", f"{verdict}-ground") for verdict in VERDICTS),
]


def schemes():
    """The colours of the three dresses; dark and print change those of the first."""
    found = [
        dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})", block))
        for block in re.findall(r":root \{(.*?)\n\s*\}", CSS, re.S)
    ]
    assert len(found) == 3
    return dict(zip(("light", "dark", "print"), ({**found[0], **own} for own in found)))


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_ink_stands_out_from_its_ground(scheme, ink, ground):
    colours = schemes()[scheme]
    light, dark = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_style_fetches_nothing():
    assert "url(" not in CSS
    assert "@import" not in CSS
