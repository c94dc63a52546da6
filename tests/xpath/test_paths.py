"""Location paths: axes, predicates, unions, lists and rows; compared with another reader where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop.xpath.compiler import compile_expression
from tests.xpath.tree import Element, Tree, context

FORM = """
<data>
  <il>06</il>
  <sira type="int">2</sira>
  <g>
    <q>bir</q>
    <r><n>a</n><s><m>a1</m></s><s><m>a2</m></s></r>
    <r><n>b</n><s><m>b1</m></s></r>
    <r hidden="1"><n>gizli</n><s><m>x</m></s></r>
    <r><n>c</n><s><m>c1</m></s><s><m>c2</m></s><s><m>c3</m></s></r>
  </g>
  <son>z</son>
</data>
"""
LIST = """
<root>
  <item><kod>06</kod><plaka>6</plaka><ad>Ankara</ad><bolge>iç</bolge></item>
  <item><kod>35</kod><plaka>35</plaka><ad>İzmir</ad><bolge>ege</bolge></item>
  <item><kod>45</kod><plaka>45</plaka><ad>Manisa</ad><bolge>ege</bolge></item>
  <item><kod/><plaka/><ad>boş</ad><bolge/></item>
</root>
"""


def found(expression: str, at: str = "/data") -> list[str]:
    tree = Tree(FORM, iller=LIST)
    return [tree.text(node) for node in compile_expression(expression).nodes(context(tree, at))]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/data/il", ["06"]),
        ("/data/g/r/n", ["a", "b", "c"]),
        ("/data/g/r[2]/n", ["b"]),
        ("/data/g/r[position() = 2]/n", ["b"]),
        ("/data/g/r[position() = last()]/n", ["c"]),
        ("/data/g/r[last()]/n", ["c"]),
        ("/data/g/r[/data/sira]/n", ["a", "b", "c"]),
        ("/data/g/r[number(/data/sira)]/n", ["b"]),
        ("/data/g/r[0]/n", []),
        ("/data/g/r[1.5]/n", []),
        ("/data/g/r[9]/n", []),
        ("/data/g/r/s[1]/m", ["a1", "b1", "c1"]),
        ("(/data/g/r/s)[1]/m", ["a1"]),
        ("/data/g/r/s[2]/m", ["a2", "c2"]),
        ("/data/g/r[n = 'c']/s[2]/m", ["c2"]),
        ("/data/g/r[n != 'b'][2]/n", ["c"]),
        ("/data/g/r[2][n = 'b']/n", ["b"]),
        ("/data/g/r[2][n = 'a']/n", []),
        ("/data/g/r[s/m = 'c3']/n", ["c"]),
        ("/data/g/r[count(s) > 1]/n", ["a", "c"]),
        ("/data/g/r[n = 'a' or n = 'c']/n", ["a", "c"]),
        ("//n", ["a", "b", "c"]),
        ("//s[2]/m", ["a2", "c2"]),
        ("/data//m", ["a1", "a2", "b1", "c1", "c2", "c3"]),
        ("/data/g/*", ["bir", "aa1a2", "bb1", "cc1c2c3"]),
        ("/data/*[1]", ["06"]),
        ("/*/il", ["06"]),
        ("/nosuch/il", []),
        ("/data/nosuch/deeper", []),
        ("/data/g/r/n | /data/son | /data/il | /data/g/r/n", ["06", "a", "b", "c", "z"]),
        ("/data/g/r/node()", ["a", "a1", "a2", "b", "b1", "c", "c1", "c2", "c3"]),
        ("/data/il/text()", ["06"]),
        ("/data/g/text()", []),
        ("/data/comment()", []),
        ("/data/il/@id", []),
        ("/data/il/namespace::x", []),
        ("/data/x:*", []),
    ],
)
def test_that_absolute_paths_find(path: str, expected: list[str]):
    assert found(path, "/data/g/r[2]/n") == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (".", ["b"]),
        ("./.", ["b"]),
        ("../n", ["b"]),
        ("../../q", ["bir"]),
        ("../../../il", ["06"]),
        ("../../r/n", ["a", "b", "c"]),
        ("..", ["bb1"]),
        ("../s/m", ["b1"]),
        ("../..//m", ["a1", "a2", "b1", "c1", "c2", "c3"]),
        ("parent::r/n", ["b"]),
        ("parent::g", []),
        ("self::n", ["b"]),
        ("self::s", []),
        ("ancestor::g/q", ["bir"]),
        ("ancestor::*[1]/n", ["b"]),
        ("ancestor-or-self::n", ["b"]),
        ("../preceding-sibling::r/n", ["a"]),
        ("../following-sibling::r/n", ["c"]),
        ("../following-sibling::*[1]/n", ["c"]),
        ("../preceding-sibling::*[1]/n", ["a"]),
        ("../preceding-sibling::*[2]", ["bir"]),
        ("following::m", ["b1", "c1", "c2", "c3"]),
        ("preceding::m", ["a1", "a2"]),
        ("preceding::m[1]", ["a2"]),
        ("following::son", ["z"]),
        ("../descendant::m", ["b1"]),
        ("../descendant-or-self::r/n", ["b"]),
        ("../../../../x", []),
        ("current()/../n", ["b"]),
        ("/data/g/r[n = current()]/s/m", ["b1"]),
        ("/data/g/r[n = current()/../n]/s[m = 'b1']/m", ["b1"]),
        ("../../r[n = current()/../../r[1]/n]/n", ["a"]),
    ],
)
def test_that_relative_paths_find(path: str, expected: list[str]):
    assert found(path, "/data/g/r[2]/n") == expected


def test_that_ancestors_and_unions_come_in_document_order():
    here = context(Tree(FORM), "/data/g/r[2]/s/m")
    names = [node.name for node in compile_expression("ancestor::*").nodes(here)]
    assert names == ["data", "g", "r", "s"]
    assert compile_expression("string(//m/..)").text(here) == "a1"
    assert compile_expression("count(//m/.. | //m/../..)").number(here) == 9


def test_that_what_is_hidden_is_not_there():
    assert found("/data/g/r[3]/n") == ["c"]
    assert compile_expression("count(//*[. = 'gizli'])").number(context(Tree(FORM))) == 0


# ------------------------------------------------------------------------------------------------ lists


@pytest.mark.parametrize(
    ("path", "expected", "lookups"),
    [
        ("instance('iller')/root/item[kod = '35']/ad", ["İzmir"], 1),
        ("instance('iller')/root/item['35' = kod]/ad", ["İzmir"], 1),
        ("instance('iller')/root/item[ ./kod = '35']/ad", ["İzmir"], 1),
        ("instance('iller')/root/item[kod = /data/il]/ad", ["Ankara"], 1),
        ("instance('iller')/root/item[kod = current()/il]/ad", ["Ankara"], 1),
        ("instance('iller')/root/item[bolge = 'ege' and kod != '45']/ad", ["İzmir"], 1),
        ("instance('iller')/root/item[kod != '45' and bolge = 'ege']/ad", ["İzmir"], 1),
        ("instance('iller')/root/item[bolge = 'ege'][2]/ad", ["Manisa"], 1),
        ("instance('iller')/root/item[bolge = 'ege'][position() = 1]/ad", ["İzmir"], 1),
        ("instance('iller')/root/item[bolge = concat('e', 'ge')]", ["3535İzmirege", "4545Manisaege"], 1),
        ("instance('iller')/root/item[kod = '99']/ad", [], 1),
        ("instance('iller')/root/item[plaka = 6]/ad", ["Ankara"], 0),
        ("instance('iller')/root/item[kod = 6]/ad", ["Ankara"], 0),
        ("instance('iller')/root/item[kod = '']/ad", ["boş"], 1),
        ("instance('iller')/root/item[kod = /data/nosuch]/ad", ["boş"], 1),
        ("instance('iller')/root/item[nosuch = '']/ad", ["Ankara", "İzmir", "Manisa", "boş"], 1),
        ("instance('iller')/root/item[kod = plaka]/ad", ["İzmir", "Manisa", "boş"], 0),
        ("instance('iller')/root/item[kod > 40]/ad", ["Manisa"], 0),
        ("instance('iller')/root/item[bolge = 'ege' and position() = 2]/ad", ["İzmir"], 0),
        ("instance('iller')/root/item[3]/ad", ["Manisa"], 0),
        ("instance('iller')/root/item/kod", ["06", "35", "45", ""], 0),
        ("instance('iller')/*/item[kod = '45']/ad", ["Manisa"], 0),
        ("instance('iller')/nosuch/item[kod = '45']/ad", [], 0),
        ("instance('nosuch')/root/item[kod = '45']/ad", [], 1),
        ("instance('nosuch')/root/item/ad", [], 0),
        ("instance('iller')//ad", ["Ankara", "İzmir", "Manisa", "boş"], 0),
        ("instance('iller')/root/item[selected('35 45', kod)]/ad", ["İzmir", "Manisa"], 0),
        ("randomize(instance('iller')/root/item[bolge = 'ege'], 3)/ad", ["Manisa", "İzmir"], 1),
    ],
)
def test_that_lists_are_asked_by_their_index_where_that_is_right(path: str, expected: list[str], lookups: int):
    tree = Tree(FORM, iller=LIST)
    nodes = compile_expression(path).nodes(context(tree))
    assert [tree.text(node) for node in nodes] == expected
    assert tree.lookups == lookups


def test_that_a_number_written_another_way_is_still_found():
    tree = Tree(FORM, iller=LIST)
    here = context(tree)
    assert compile_expression("instance('iller')/root/item[kod = /data/sira * 3]/ad").text(here) == "Ankara"
    assert compile_expression("instance('iller')/root/item[plaka = /data/il]/ad").text(here) == ""
    tree.at("/data/sira").text = "6"
    assert compile_expression("instance('iller')/root/item[kod = /data/sira]/ad").text(here) == "Ankara"


# ------------------------------------------------------------------------------------------------ rows of repeats


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("indexed-repeat(/data/g/r/n, /data/g/r, 1)", "a"),
        ("indexed-repeat(/data/g/r/n, /data/g/r, 3)", "c"),
        ("indexed-repeat(/data/g/r/n, /data/g/r, '2')", "b"),
        ("indexed-repeat(/data/g/r/n, /data/g/r, '')", ""),
        ("indexed-repeat(/data/g/r/n, /data/g/r, 1.5)", ""),
        ("indexed-repeat(/data/g/r/n, /data/g/r, -1)", ""),
        ("indexed-repeat(../../r/n, ../../r, 3)", "c"),
        ("indexed-repeat(/data/g/r/s/m, /data/g/r, 3, /data/g/r/s, 2)", "c2"),
        ("indexed-repeat(/data/g/r/s/m, /data/g/r/s, 2, /data/g/r, 3)", "c2"),
        ("indexed-repeat(/data/g/r/s/m, /data/g/r, 2, /data/g/r/s, 2)", ""),
        ("indexed-repeat(/data/g/r/s/m, /data/g/r, 3, /data/g/r/s, '')", ""),
        ("indexed-repeat(/data/g/r/s/m, /data/g/r/s, 1)", "b1"),
        ("indexed-repeat(../s/m, ../s, 1)", "b1"),
        ("indexed-repeat(/data/nosuch/n, /data/nosuch, 1)", ""),
    ],
)
def test_that_a_row_is_taken_by_its_place(expression: str, expected: str):
    tree = Tree(FORM)
    assert compile_expression(expression).text(context(tree, "/data/g/r[2]/n")) == expected


@pytest.mark.parametrize(
    ("at", "expression", "expected"),
    [
        ("/data/g/r[3]/n", "position(..)", "3"),
        ("/data/g/r[3]/s[2]/m", "position(..)", "2"),
        ("/data/g/r[3]/s[2]/m", "position(../..)", "3"),
        ("/data/il", "position(/data/g/r[2])", "2"),
        ("/data/il", "position(/data/nosuch)", ""),
        ("/data/il", "position()", "1"),
        ("/data/il", "last()", "1"),
    ],
)
def test_that_positions_count_visible_siblings_of_the_name(at: str, expression: str, expected: str):
    assert compile_expression(expression).text(context(Tree(FORM), at)) == expected


# ------------------------------------------------------------------------------------------------ another reader

_TAGS = st.sampled_from(["a", "b", "c"])


def _with_children(tag: str, children: list[ElementTree.Element]) -> ElementTree.Element:
    grown = ElementTree.Element(tag)
    grown.extend([ElementTree.fromstring(ElementTree.tostring(child)) for child in children])
    return grown


_TREES = st.recursive(
    st.builds(ElementTree.Element, _TAGS),
    lambda inner: st.builds(_with_children, _TAGS, st.lists(inner, min_size=1, max_size=4)),
    max_leaves=14,
)
_STEPS = st.lists(
    st.one_of(_TAGS, st.sampled_from(["*", "a[1]", "b[2]", "*[a]", "c[b]", "a[last()]"])), min_size=1, max_size=4
)


def _numbered(root: ElementTree.Element) -> ElementTree.Element:
    """The tree with a text of its own in every leaf, so that nodes can be told apart."""
    for place, element in enumerate(root.iter()):
        if len(element) == 0:
            element.text = f"{place};"
    return root


def _leaves(root: ElementTree.Element) -> Iterator[str]:
    yield from (element.text or "" for element in root.iter() if len(element) == 0)


@given(_TREES, _STEPS, st.booleans(), st.booleans())
def test_that_paths_find_what_the_standard_library_finds(
    shape: ElementTree.Element, steps: list[str], deep: bool, deeper: bool
):
    root = ElementTree.Element("data")
    root.append(shape)
    _numbered(root)
    path = (".//" if deep else "./") + ("//" if deeper else "/").join(steps)
    expected = ["".join(_leaves(element)) for element in root.findall(path)]
    tree = Tree(ElementTree.tostring(root, encoding="unicode"))
    nodes = compile_expression(path).nodes(context(tree))
    assert sorted(set(map(id, nodes))) == sorted(map(id, nodes))
    assert sorted(tree.text(node) for node in nodes) == sorted(_once(root, path, expected))


def _once(root: ElementTree.Element, path: str, expected: list[str]) -> list[str]:
    """The standard library gives an element twice where two ways lead to it; XPath gives it once."""
    return list({id(element): text for element, text in zip(root.findall(path), expected, strict=True)}.values())


@given(_TREES, st.lists(st.sampled_from(["//a", "//b", "//c/*", "//a/..", "//*[1]"]), min_size=1, max_size=3))
def test_that_unions_keep_document_order(shape: ElementTree.Element, paths: list[str]):
    root = ElementTree.Element("data")
    root.append(shape)
    tree = Tree(ElementTree.tostring(root, encoding="unicode"))
    nodes = compile_expression(" | ".join(paths)).nodes(context(tree))
    places = {id(node): place for place, node in enumerate(_all(tree.roots[None]))}
    order = [places[id(node)] for node in nodes if id(node) in places]
    assert order == sorted(set(order))


def _all(node: Element) -> Iterator[Element]:
    yield node
    for child in node.children:
        yield from _all(child)
