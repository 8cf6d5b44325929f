"""Writes bad_arguments_calls.c: each function of the header with each of its pointers NULL, each handle of another type and not
aligned, and each text not valid in its encoding, the other arguments being good. What must be refused, the header says: where
a parameter's comment does not speak of NULL, NULL is refused.

bad_arguments.py SYMBOLS FILE    SYMBOLS: the frozen list of what the library exports; all of it must be in the header"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from declarations import Function, Parameter, functions  # noqa: E402

# What is wrong where every pointer is NULL: nobody is told.
ALL = "and all others NULL"

# Exported for the tests alone.
HIDDEN = {"qc_test_panic"}

# Where no parameters at all are the same as none of them: what is missing is told, or that the session is not one for it.
NO_PARAMETERS = {"qc_session_open", "qc_session_login", "qc_risk_submit"}

TEXTS = {
    "endpoint": "blacklist.search",
    "method": "POST",
    "path": "/blacklist/search/single",
    "params_json": "{}",
    "pointer": "",
    "name": "Zhang San",
    "id_card": "110101199003070011",
    "mobile": "13800138001",
    "phone": "13800138001",
    "service_password": "direct",
    "header_version": "0.1.0",
}
TEXTS_OF = {
    ("qc_options_set_encoding", "name"): "UTF-8",
    ("qc_options_set_environment", "name"): "test",
    ("qc_options_set_wire_format", "name"): "form",
    ("qc_options_set_audit_padding", "name"): "pkcs1v15",
    ("qc_options_set_audit_encoding", "name"): "base64",
    ("qc_session_open", "kind"): "telecom",
    ("qc_tables_read", "kind"): "telecom_raw",
    ("qc_tables_from_answer", "kind"): "telecom_raw",
    ("qc_table_rows", "name"): "calls",
    ("qc_table_stream", "name"): "calls",
    ("qc_table_features", "as_of"): "2026-01-15 10:00:00",
}
FREED = {"qc_answer", "qc_client", "qc_options", "qc_call_options", "qc_cancel", "qc_session", "qc_step", "qc_text", "qc_tables"}


def out_type(parameter: Parameter) -> str | None:
    """The type of the place that a parameter points to, for one by which something comes out."""
    if parameter.name == "err" or not parameter.type.endswith("*") or parameter.handle or parameter.name == "user_data":
        return None
    target = parameter.type[:-1]
    if target == "ArrowArrayStream":
        return "struct ArrowArrayStream"
    return target if target.endswith("*") or not target.startswith("const ") else None


def good(function: Function, parameter: Parameter) -> str:
    """An argument that a function takes."""
    type_, name = parameter.type, parameter.name
    if name == "err":
        return "&err"
    if parameter.handle:
        return f"good.{parameter.handle.removeprefix('qc_')}"
    if out_type(parameter):
        return f"&{name}"
    if type_ == "const char*":
        if parameter.may_be_null:
            return "NULL"
        text = TEXTS_OF.get((function.name, name), TEXTS.get(name, "{}" if name.endswith("_json") else "x"))
        return '"' + text.replace('"', '\\"') + '"'
    if type_ == "const uint8_t*":
        return "good.bytes"
    if type_ == "size_t":
        return "0" if name == "index" else "sizeof good.bytes"
    if type_ == "const int64_t*":
        return "&good.number"
    if type_ == "qc_log_callback":
        return "good_log"
    if type_ == "void*":
        return "NULL"
    if type_ in {"bool", "int32_t", "uint32_t", "int64_t"}:
        return "1"
    raise SystemExit(f"{function.name}: what is good for a {type_}?")


def bad(function: Function, parameter: Parameter) -> Iterator[tuple[str, str]]:
    """What is wrong with an argument, and the argument."""
    if not parameter.is_pointer:
        return
    yield "NULL", "NULL"
    if parameter.name == "err":
        yield ALL, "NULL"
    if parameter.handle:
        other = "good.answer" if parameter.handle == "qc_client" else "good.client"
        type_ = parameter.type.replace("*", " *")
        yield "of another type", f"({type_})(void *){other}"
        yield "not aligned", f"({type_})(void *)((char *)good.{parameter.handle.removeprefix('qc_')} + 1)"
    # What is set is looked at when a client is made of it.
    if parameter.type == "const char*" and not function.name.startswith("qc_options_set_"):
        yield "no text", r'"\x81 "'


def body(function: Function, wrong: Parameter, what: str, argument: str) -> Iterator[str]:
    """A call, and what is expected of it."""
    outs = [(one, type_) for one in function.parameters if (type_ := out_type(one)) and one is not wrong]
    if what == ALL:
        arguments = ", ".join("NULL" if one.is_pointer else good(function, one) for one in function.parameters)
        yield f"EXPECT({function.name}({arguments}) != QC_OK);"
        return
    if any(one.name == "err" and one is not wrong for one in function.parameters):
        yield "qc_error *err = NULL;"
    for one, type_ in outs:
        yield f"{type_} {one.name};"
        yield f"fill(&{one.name}, sizeof {one.name});"
    arguments = ", ".join(argument if one is wrong else good(function, one) for one in function.parameters)
    call = f"{function.name}({arguments})"
    if not function.is_fallible:
        yield f"{call};" if function.returns == "void" else f"EXPECT(!{call});" if wrong.handle else f"(void){call};"
    elif wrong.name == "err":
        yield f"(void){call};"
        yield from released(outs)
        return
    elif what == "NULL" and (wrong.may_be_null or (wrong.name == "params_json" and function.name in NO_PARAMETERS)):
        yield f"qc_status status = {call};"
        yield "expect_lived(status, &err);"
        yield "if (status == QC_OK) {"
        yield from (f"    {line}" for line in released(outs, check=False))
        yield "    return;"
        yield "}"
    else:
        yield f'expect_refused("{wrong.name}", {call}, &err);'
    if function.is_fallible or wrong.handle:
        for one, _ in outs:
            yield f"EXPECT(untouched(&{one.name}, sizeof {one.name}));"


def released(outs: list[tuple[Parameter, str]], *, check: bool = True) -> Iterator[str]:
    """Give back what a call that went well has given; `check`: if it did."""
    for one, type_ in outs:
        release = None
        if type_.removesuffix("*") in FREED:
            release = f"{type_.removesuffix('*')}_free({one.name});"
        elif type_ == "struct ArrowArrayStream":
            release = f"{one.name}.release(&{one.name});"
        if release:
            yield f"if (!untouched(&{one.name}, sizeof {one.name})) {release}" if check else release


def main() -> int:
    symbols, file = map(Path, sys.argv[1:])
    declared = functions()
    frozen = set(symbols.read_text().split()) - HIDDEN
    if frozen != {one.name for one in declared}:
        print(f"header and {symbols.name} differ: {frozen.symmetric_difference(one.name for one in declared)}", file=sys.stderr)
        return 1
    calls = [
        (function, parameter, what, argument)
        for function in declared
        for parameter in function.parameters
        for what, argument in bad(function, parameter)
    ]
    lines = ["/* Generated by bad_arguments.py from the header; do not edit. */", '#include "bad_arguments.h"', ""]
    for index, call in enumerate(calls):
        lines += [f"static void call_{index}(void)", "{", *(f"    {line}" for line in body(*call)), "}", ""]
    lines += ["const struct bad_call bad_calls[] = {"]
    lines += [
        f'    {{"{function.name}", "{parameter.name}", "{what}", call_{index}}},'
        for index, (function, parameter, what, _) in enumerate(calls)
    ]
    lines += ["};", "const size_t bad_calls_count = sizeof bad_calls / sizeof bad_calls[0];", ""]
    file.write_text("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
