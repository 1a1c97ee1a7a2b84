"""The wording of every sentence: one term per idea, short sentences, quotation marks of the language."""

import re

import pytest

from lib import text

REPLACED = {
    "en": {
        r"groups?": "segment (a control group is something else)",
        r"promise(s|d)?": "predicted",
        r"chances?": "probability",
        r"learnt|learn(s|ing)? from": "trained on",
        r"everybody": "all customers, everyone",
        r"surely": "clearly",
        r"set aside": "left out",
        r"bring|brings|brought": "upload, load",
        r"recipes?": "method",
        r"rhythm": "purchase-pattern model",
        r"firm|firmness": "stability",
        r"bold|boldness|timid": "calibration slope",
        r"the tenth|best tenth": "top 10%",
        r"she|her|hers|he|him|his": "the customer, they",
        r"told|tells|came": "predicted, actual; say what is meant",
        r"stranger|strangers": "untrusted file",
        r"by hand": "manually; choose",
        r"work(s|ed)? out": "recognise, compute",
        r"put (away|right|together)": "remove, correct, combine",
        r"(?<!-)mail(ed)?": "e-mail",
        r"heading|headings": "header",
        r"secrets?(?! key)": "secret key",
        r"pieces": "units (of a product)",
        r"till": "point of sale; until",
        r"bringing": "combine, upload",
        r"(\d+|…) sure": "probability",
    },
    "es": {
        r"grupos?": "segmento (un grupo de control es otra cosa)",
        r"promet(e|en|ido|ió)|promesas?": "previsto",
        r"aprend(e|en|ido|ió|iendo|ieron)": "entrenar",
        r"recetas?": "método",
        r"apart(a|ar|ado|ados|ada|adas|an|arlas)": "excluir",
        r"tra(e|er|ed|es|ído|iga)|tráel[oa]s?": "subir, cargar",
        r"suelta(?! (un )?(archivos?|carpetas?) aquí)": "subir",
        r"silencio|callados": "sin comprar",
        r"décimo": "10 % superior",
        r"atrevid\w+|atrevimiento": "pendiente de calibración",
        r"firmeza": "estabilidad",
        r"pureza": "precisión media",
        r"cuadrícula": "matriz RFM",
        r"ordenador(es)?": "equipo",
        r"cuadernos?": "notebook",
        r"período": "periodo",
        r"cabeceras?": "encabezado",
        r"siguiente pedido": "próximo pedido",
        r"ingresos": "ventas",
        r"cog\w+": "tomar, usar",
        r"usted|vosotros|vuestr\w+": "tú",
        r"con seguridad mejor": "claramente mejor",
        r"reforzados|sucesivos": "boosting de árboles",
        r"secretos?": "clave secreta",
        r"qué tan": "cuánto, grado de, desviación",
        r"albar[aá]n(es)?": "nota de entrega",
        r"piezas": "unidades (de un producto)",
        r"medidas?": "métrica",
    },
}
"""Words that are not used, as patterns of whole words, and what is said instead."""

ALLOWED = {
    "en": (r"control group", r"(by|to|than) chance"),
    "es": (r"grupos? de control",),
}
"""Phrases in which such a word is right."""

CAMPAIGN_GROUP = "audience.column.control"
"""A column of the campaign lists: whether a customer is contacted or in the control group."""

MAX_WORDS = {"en": 20, "es": 23}
"""Words of a sentence; Spanish needs more articles and prepositions for the same."""

BLANK = re.compile(r"\{[^}]*\}")
LANGUAGES = [language for language in text.LANGUAGES if language in REPLACED]


def words_of(sentence: str) -> str:
    """The words that a person reads: of a blank with two forms both, else nothing; no code."""
    shown = re.sub(r"\{\w+:([^}|]*)\|([^}|]*)\}", r" \1 / \2 ", sentence)
    return re.sub(r"`[^`]*`", "", BLANK.sub("…", shown))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_one_idea_has_one_term(language: str) -> None:
    found = []
    for key in sorted(text.keys(language) - {CAMPAIGN_GROUP}):
        shown = words_of(text.template(language, key))
        for phrase in ALLOWED[language]:
            shown = re.sub(rf"\b{phrase}\b", "", shown, flags=re.IGNORECASE)
        found += [
            f"{key}: “{match[0]}” → {instead}"
            for pattern, instead in REPLACED[language].items()
            if (match := re.search(rf"\b({pattern})\b", shown, re.IGNORECASE))
        ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language: str) -> None:
    long = []
    for key in sorted(text.keys(language)):
        template = re.sub(r"`[^`]*`", "x", BLANK.sub("x", text.template(language, key)))
        for sentence in re.split(r"(?<=[.!?…])\s+|\n", template):
            count = len(re.findall(r"[\w'’-]+", sentence))
            if count > MAX_WORDS[language]:
                long.append(f"{key}: {count} words: {sentence}")
    assert not long, "\n".join(long)


def test_each_language_has_its_own_quotation_marks() -> None:
    wrong = [key for key in text.keys("es") if re.search(r"[“”]", text.template("es", key))]
    wrong += [key for key in text.keys("en") if re.search(r"[«»]", text.template("en", key))]
    assert not wrong


def test_a_percentage_is_written_as_the_language_writes_it() -> None:
    wrong = [key for key in text.keys("en") if re.search(r"\d\s%", text.template("en", key))]
    wrong += [key for key in text.keys("es") if re.search(r"\d%", text.template("es", key))]
    assert not wrong


def test_a_blank_before_a_percent_sign_is_a_form_of_the_blank() -> None:
    """`{share}%` can't be written by the language; `{share:percent}` can. Shares of evidence are whole numbers."""
    whole = {f"orders.evidence.{name}" for name in ("sums", "again", "lines", "payments")}
    findings = ("sums", "lines", "mixed_orders", "large_customer", "payments_less", "payments_more")
    whole |= {f"orders.finding.{name}" for name in findings}
    wrong = [key for key in text.keys("en") if re.search(r"\}\s?%", text.template("en", key))]
    assert set(wrong) <= whole


def test_no_english_word_is_left_in_spanish() -> None:
    """Function words that Spanish does not have; a text without any is a name or a technical term."""
    english = re.compile(
        r"\b(the|and|of|with|your|for|this|that|from|are|is|was|were|to|or|by|not|it)\b", re.IGNORECASE
    )
    found = []
    for key in sorted(text.keys("es")):
        shown = re.sub(r"with… select|read_only = true|`[^`]*`", "", words_of(text.template("es", key)), flags=re.I)
        if match := english.search(re.sub(r"WITH … SELECT|INTO|pip install -r \S+", "", shown)):
            found.append(f"{key}: “{match[0]}” in {shown!r}")
    assert not found, "\n".join(found)
