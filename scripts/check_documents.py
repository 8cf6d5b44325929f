"""Checks documents that are data: the OpenAPI document, and every conformance case against the format of cases."""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

ROOT = Path(__file__).resolve().parent.parent


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def openapi_faults():
    path = ROOT / "spec/openapi.json"
    for fault in OpenAPIV31SpecValidator(read(path)).iter_errors():
        yield f"{path.relative_to(ROOT)}: {fault.json_path}: {fault.message}"


def case_faults():
    schema = read(ROOT / "tests/case.schema.json")
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    files = sorted((ROOT / "tests/cases").glob("*.json"))
    if not files:
        yield "tests/cases: there are no cases"
    for path in files:
        for fault in validator.iter_errors(read(path)):
            yield f"{path.relative_to(ROOT)}: {fault.json_path}: {fault.message[:200]}"


def main():
    faults = [*openapi_faults(), *case_faults()]
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return 1
    print("spec/openapi.json and the conformance cases are valid")
    return 0


if __name__ == "__main__":
    sys.exit(main())
