import ast
import inspect
import typing
from dataclasses import fields

from bot.chat import needs
from bot.chat.commands import Action, Command
from bot.chat.needs import Needs
from bot.chat.repertoire import router


def test_every_need_is_explained() -> None:
    catalogue = next(
        node
        for node in ast.parse(inspect.getsource(needs)).body
        if isinstance(node, ast.ClassDef) and node.name == "Needs"
    )
    explained = [
        field.target.id
        for field, said in zip(catalogue.body, catalogue.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(said, ast.Expr)
    ]
    assert explained == [field.name for field in fields(Needs)]


def test_every_handler_gets_the_types_that_it_names() -> None:
    offered = typing.get_type_hints(Needs)
    chat = router()
    handlers: list[Command | Action] = [*chat.commands, *chat._actions.values()]
    for declared in handlers:
        asked = typing.get_type_hints(declared.handler)
        assert {name: asked[name] for name in declared.needs} == {
            name: offered[name] for name in declared.needs
        }
