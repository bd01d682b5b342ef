"""Elements stand in the order of the schemas; Word refuses or ignores what does not.

Orders from ISO/IEC 29500-1 transitional (wml.xsd, dml-main.xsd, dml-wordprocessingDrawing.xsd) and from the schema of
http://schemas.microsoft.com/office/word/2010/wordprocessingShape in [MS-DOCX] 2.2.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from lxml import etree
from word_flows import captions, decisions, groups, linked, long_texts, many_lanes, over_pages
from word_parts import NAMES, PART_TEMPLATES, filled, make, sops
from word_samples import COVER_TEMPLATE, SOP_TEMPLATE, build, fonts, inputs, sop, unpack

from sopdocs.compare import compare_sops, lembar
from sopdocs.model import Bundel, Sop, TandaTangan
from sopdocs.word import make_cover, tracked_sheet
from sopdocs.word.xml import NS, qn

_BORDERS = "w:top w:left w:start w:bottom w:right w:end w:insideH w:insideV"
_RUN = (
    "w:rStyle w:rFonts w:b w:bCs w:i w:iCs w:caps w:smallCaps w:strike w:dstrike w:outline w:shadow w:emboss w:imprint "
    "w:noProof w:snapToGrid w:vanish w:webHidden w:color w:spacing w:w w:kern w:position w:sz w:szCs w:highlight w:u "
    "w:effect w:bdr w:shd w:fitText w:vertAlign w:rtl w:cs w:em w:lang w:eastAsianLayout w:specVanish w:oMath"
)
_FILL = "a:noFill a:solidFill a:gradFill a:blipFill a:pattFill a:grpFill"
ORDER = {
    "w:document": "w:background w:body",
    "w:tbl": "w:tblPr w:tblGrid w:tr",
    "w:tblPr": "w:tblStyle w:tblpPr w:tblOverlap w:bidiVisual w:tblStyleRowBandSize w:tblStyleColBandSize w:tblW w:jc "
    "w:tblCellSpacing w:tblInd w:tblBorders w:shd w:tblLayout w:tblCellMar w:tblLook w:tblCaption w:tblDescription",
    "w:tblBorders": _BORDERS,
    "w:tcBorders": _BORDERS,
    "w:tblCellMar": "w:top w:left w:start w:bottom w:right w:end",
    "w:tblGrid": "w:gridCol",
    "w:tr": "w:tblPrEx w:trPr w:tc",
    "w:trPr": "w:cantSplit w:trHeight w:tblHeader w:ins w:del",  # a choice in any order; this is what we write
    "w:tc": "w:tcPr w:p",
    "w:tcPr": "w:cnfStyle w:tcW w:gridSpan w:hMerge w:vMerge w:tcBorders w:shd w:noWrap w:tcMar w:textDirection "
    "w:tcFitText w:vAlign w:hideMark",
    "w:p": "w:pPr w:r",
    "w:pPr": "w:pStyle w:keepNext w:keepLines w:pageBreakBefore w:framePr w:widowControl w:numPr w:suppressLineNumbers "
    "w:pBdr w:shd w:tabs w:suppressAutoHyphens w:kinsoku w:wordWrap w:overflowPunct w:topLinePunct w:autoSpaceDE "
    "w:autoSpaceDN w:bidi w:adjustRightInd w:snapToGrid w:spacing w:ind w:contextualSpacing w:mirrorIndents "
    "w:suppressOverlap w:jc w:textDirection w:textAlignment w:textboxTightWrap w:outlineLvl w:divId w:cnfStyle w:rPr "
    "w:sectPr w:pPrChange",
    "w:pBdr": "w:top w:left w:bottom w:right w:between w:bar",
    "w:tabs": "w:tab",
    "w:rPr": f"w:ins w:del {_RUN} w:rPrChange",
    "w:sectPr": "w:headerReference w:footerReference w:footnotePr w:endnotePr w:type w:pgSz w:pgMar w:paperSrc "
    "w:pgBorders w:lnNumType w:pgNumType w:cols",
    "mc:AlternateContent": "mc:Choice mc:Fallback",
    "mc:Choice": "w:drawing",
    "wp:anchor": "wp:simplePos wp:positionH wp:positionV wp:extent wp:effectExtent wp:wrapNone wp:docPr "
    "wp:cNvGraphicFramePr a:graphic",
    "wp:inline": "wp:extent wp:effectExtent wp:docPr wp:cNvGraphicFramePr a:graphic",
    "wp:positionH": "wp:posOffset",
    "wp:positionV": "wp:posOffset",
    "wps:wsp": "wps:cNvPr wps:cNvSpPr wps:cNvCnPr wps:spPr wps:style wps:extLst wps:txbx wps:linkedTxbx wps:bodyPr",
    "wps:spPr": f"a:xfrm a:custGeom a:prstGeom {_FILL} a:ln a:effectLst",
    "wps:txbx": "w:txbxContent",
    "w:txbxContent": "w:p",
    "wps:bodyPr": "a:prstTxWarp a:noAutofit a:normAutofit a:spAutoFit a:scene3d a:sp3d a:flatTx",
    "a:xfrm": "a:off a:ext",
    "a:ln": f"{_FILL} a:prstDash a:custDash a:round a:bevel a:miter a:headEnd a:tailEnd",
    "a:solidFill": "a:srgbClr",
    "a:custGeom": "a:avLst a:gdLst a:ahLst a:cxnLst a:rect a:pathLst",
    "a:prstGeom": "a:avLst",
    "a:pathLst": "a:path",
    "w:style": "w:name w:aliases w:basedOn w:next w:link w:autoRedefine w:hidden w:uiPriority w:semiHidden "
    "w:unhideWhenUsed w:qFormat w:locked w:personal w:rsid w:pPr w:rPr w:tblPr w:trPr w:tcPr w:tblStylePr",
    "w:docDefaults": "w:rPrDefault w:pPrDefault",
    "w:styles": "w:docDefaults w:latentStyles w:style",
}
FREE = {"w:body", "w:hdr", "w:r", "a:path", "w:settings", "w:compat"}
"""Choices in any order."""
ONE_KIND = {"w:drawing", "a:graphic", "a:graphicData", "a:moveTo", "a:lnTo", "w:rPrDefault", "w:pPrDefault"}
ONE_KIND |= {"wp:cNvGraphicFramePr", "w:hyperlink", "w:ins", "w:del", "w:pPrChange", "w:rPrChange"}
"""Elements whose children need no order."""
RUNS = dict.fromkeys(("w:hyperlink", "w:ins", "w:del"), "w:r")
REQUIRED = {
    "wp:anchor": "distT distB distL distR simplePos relativeHeight behindDoc locked layoutInCell allowOverlap",
    "wp:docPr": "id name descr",
    "a:path": "w h",
    "a:arcTo": "wR hR stAng swAng",
}
PREFIX = {uri: prefix for prefix, uri in NS.items()} | {
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
}


def short(tag: object) -> str:
    name = etree.QName(str(tag))
    return f"{PREFIX[name.namespace]}:{name.localname}"  # a namespace unknown here fails the test


def faults(tree: etree._Element) -> list[str]:
    found: list[str] = []
    for element in tree.iter():
        name = short(element.tag)
        # Among runs, a link or a change stands where a run may stand.
        children = [
            RUNS.get(short(child.tag), short(child.tag)) if name == "w:p" else short(child.tag) for child in element
        ]
        found += [f"{name} without {a}" for a in REQUIRED.get(name, "").split() if element.get(a) is None]
        if (
            name in FREE
            or name.startswith("pic:")
            or any(short(a.tag).startswith("pic:") for a in element.iterancestors())
        ):
            continue
        if name in ORDER:
            order = ORDER[name].split()
            found += [f"{child} in {name}" for child in children if child not in order]
            places = [order.index(child) for child in children if child in order]
            if places != sorted(places):
                found.append(f"{name}: {' '.join(children)}")
        elif children and name not in ONE_KIND:
            found.append(f"{name} is not in the table: {children}")
    return found


def tracked(old: Sop, new: Sop) -> bytes:
    about = (inputs(konsep=True), inputs(tempat="Contoh"))
    beda = compare_sops(lembar(old, about[0].workspace), lembar(new, about[1].workspace))
    return tracked_sheet(beda, about, SOP_TEMPLATE, fonts()).docx


SAMPLES = {
    "decisions": lambda: build(decisions(), inputs(konsep=True, tempat="Paringin", alamat="Jalan Raya 1")).docx,
    "over_pages": lambda: build(over_pages(), inputs(tanda_tangan=TandaTangan.IDENTITAS)).docx,
    "many_lanes": lambda: build(many_lanes()).docx,
    "groups": lambda: build(groups()).docx,
    "long_texts": lambda: build(long_texts()).docx,
    "captions": lambda: build(captions()).docx,
    "cover": lambda: make_cover(
        (sop(), sop()), inputs(bundel=Bundel("B", 2023, pengantar=("A.",))), COVER_TEMPLATE, None
    ),
    "sop template": lambda: SOP_TEMPLATE.data,
    "cover template": lambda: COVER_TEMPLATE.data,
    "tracked": lambda: tracked(over_pages(), captions()),
    "tracked back": lambda: tracked(captions(), decisions()),
    "links": lambda: build(linked()).docx,
    **{name: lambda name=name: make(name, sops(2), filled()) for name in NAMES},
    **{f"{name} template": lambda name=name: PART_TEMPLATES[name].data for name in NAMES},
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_whole_documents_follow_the_order_of_the_schemas(sample: str):
    parts = unpack(SAMPLES[sample]())
    for name in ("word/document.xml", "word/header1.xml", "word/styles.xml"):
        assert faults(etree.fromstring(parts[name])) == []


@pytest.mark.parametrize("name", ["sheet", *NAMES])
def test_the_section_closes_the_body_and_cells_end_with_a_paragraph(name: str):
    made = build(over_pages()).docx if name == "sheet" else make(name, sops(2), filled())
    body = etree.fromstring(unpack(made)["word/document.xml"])[0]
    assert body[-1].tag == qn("w:sectPr")
    assert [e.tag for e in body].count(qn("w:sectPr")) == 1
    assert {cell[-1].tag for cell in body.iter(qn("w:tc"))} == {qn("w:p")}
    tables = [n for n, child in enumerate(body) if child.tag == qn("w:tbl")]
    assert all(b - a > 1 for a, b in pairwise(tables))  # Word joins tables that touch


@pytest.mark.parametrize(
    ("xml", "fault"),
    [
        ("<w:tcPr><w:vAlign/><w:tcW/></w:tcPr>", "w:tcPr: w:vAlign w:tcW"),
        ("<w:rPr><w:sz/><w:b/></w:rPr>", "w:rPr: w:sz w:b"),
        ("<w:pPr><w:colour/></w:pPr>", "w:colour in w:pPr"),
    ],
)
def test_the_table_notices_a_wrong_order(xml: str, fault: str):
    element = etree.fromstring(f'<w:body xmlns:w="{NS["w"]}">{xml}</w:body>')
    assert faults(element) == [fault]
