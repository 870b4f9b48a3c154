"""What the file says of itself: title, whose it is, when it was made, and by which standards it may be kept and read
aloud (PDF/A-2a, PDF/UA-1); and the colours that its numbers mean."""

from __future__ import annotations

import functools
import re
from xml.sax.saxutils import escape

import resources
from desk.printing.file.objects import Objects, text

PROGRAM = "代办台"
_MOMENT = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}))?")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_UA = "http://www.aiim.org/pdfua/ns/id/"
_XMP = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="{_UA}">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{{title}}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
{{author}}{{dates}}<xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool><pdf:Producer>{PROGRAM}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{_UA}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def moment(words: str) -> tuple[str, str]:
    """The first day, with its minute where one stands, that `words` name: as PDF and as XMP write it in the time of
    Beijing; "" and "" where none is named."""
    found = _MOMENT.search(words)
    if found is None:
        return "", ""
    year, month, day, hour, minute = found.groups()
    if hour is None:
        return f"D:{year}{month}{day}", f"{year}-{month}-{day}"
    return f"D:{year}{month}{day}{hour}{minute}00+08'00'", f"{year}-{month}-{day}T{hour}:{minute}:00+08:00"


def packet(title: str, author: str, made: str) -> tuple[bytes, str]:
    """The metadata of a file (XMP), and its day as PDF writes it."""
    short, long = moment(made)
    dates = f"<xmp:CreateDate>{long}</xmp:CreateDate><xmp:ModifyDate>{long}</xmp:ModifyDate>\n" if long else ""
    whose = f"<dc:creator><rdf:Seq><rdf:li>{escape(author)}</rdf:li></rdf:Seq></dc:creator>\n" if author else ""
    return _XMP.format(title=escape(title), author=whose, dates=dates).encode(), short


def described(objects: Objects, title: str, author: str, made: str) -> tuple[int, int]:
    """The numbers of the metadata and of the information dictionary, which say the same; `made` as in `moment`."""
    title, author = _printable(title), _printable(author)
    said, short = packet(title, author, made)
    metadata = objects.stream("/Type/Metadata/Subtype/XML", said, plain=True)
    info = f"<</Title{text(title)}/Creator{text(PROGRAM)}/Producer{text(PROGRAM)}"
    info += f"/Author{text(author)}" if author else ""
    info += f"/CreationDate({short})/ModDate({short})" if short else ""
    return metadata, objects.put(f"{info}>>")


def _printable(words: str) -> str:
    return "".join(char for char in words if char.isprintable())


def intent(objects: Objects) -> str:
    """What the numbers of all colours mean: sRGB, with its profile."""
    profile = objects.stream("/N 3", _profile())
    name = "sRGB IEC61966-2.1"
    return (
        f"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier({name})/Info({name})"
        f"/DestOutputProfile {profile} 0 R>>"
    )


@functools.cache
def _profile() -> bytes:
    return resources.read("paper/srgb.icc")
