"""The forms of text that the description names beside those of OpenAPI."""

import pathlib

import schemathesis
from hypothesis import strategies as st

table = pathlib.Path(__file__).parents[2] / "reference" / "data" / "countries.tsv"
countries = [line[:2] for line in table.read_text().splitlines() if not line.startswith("#") and line[:2].isupper()]
languages = "am ar ay az bn bs cs da de el en es et fa fi fr gn he hi hr hu hy id is it ja ka km ko lo lt lv mk mn ms mt my ne nl no pl pt ro ru si sk sl so sq sr sv sw ta th tr uk ur uz vi zh".split()

schemathesis.openapi.format("country", st.sampled_from(countries))
schemathesis.openapi.format("language", st.sampled_from(languages))
schemathesis.openapi.format("currency", st.sampled_from(["EUR", "JPY", "USD"]))
