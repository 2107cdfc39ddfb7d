"""Texts for the fit and for the measurement.

A text is what the graph encodes: "name words: Description" of a tool or a parameter (`named_text`), the bare name words, or
plain sentences. Everything comes out sorted and without duplicates.
"""

import json
import random
import re
from pathlib import Path

import yaml

# MIT and Apache-2.0 only. Left out on purpose: share-alike and attribution licences (sgd, taskmaster-4, openapi-learn); held out
# for measurement: api-bank, openapi-museum, openapi-spotify-restgpt, nestful, taskbench.
FIT_FOLDERS = [
    "abcd", "bfcl", "github-mcp-server", "mcp-tools-list", "multiwoz", "openapi-openai", "openapi-slack", "seal-tools", "star",
    "tau2-bench", "toolalpaca", "toolbench", "tooltalk",
]  # fmt: skip
HELD_OUT = {
    "api-bank": ["api-bank/DERIVED-tools.json"],
    "museum": ["openapi-museum/openapi.yaml"],
    "spotify": ["openapi-spotify-restgpt/spotify_oas.json"],
    "nestful": ["nestful/executable-spec.json"],
    "taskbench": ["taskbench/data_dailylifeapis/tool_desc.json", "taskbench/data_multimedia/tool_desc.json"],
}
NAME_KEYS = ("name", "api_name", "operationId", "Name")
DESCRIPTION_KEYS = ("description", "api_description", "summary", "Description")
# Speech of people with assistants, so that the table also serves dialogue text.
SPEECH_KEYS = ("Text", "content", "query", "instruction", "reason_for_call")


def words_of_identifier(name: str) -> str:
    """The words of an identifier, lower case, one space apart. The same rules as `words_of_identifier` in src/graph/encoder.rs."""
    out = []
    chars = list(name)
    for i, c in enumerate(chars):
        if not c.isalnum():
            out.append(" ")
            continue
        if i and c.isupper():
            before = chars[i - 1]
            after = chars[i + 1] if i + 1 < len(chars) else ""
            beyond = chars[i + 2] if i + 2 < len(chars) else ""
            plural = after == "s" and not beyond.islower()
            if before.islower() or before.isnumeric() or (before.isupper() and after.islower() and not plural):
                out.append(" ")
        out.append(c)
    return " ".join("".join(out).lower().split())


def named_text(name: str, description: str) -> str:
    """`check in date: Day of arrival.`, or the words alone when there is no description."""
    words, description = words_of_identifier(name), " ".join(description.split())
    return f"{words}: {description}" if words and description else words or description


def read_documents(path: Path):
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix in (".yaml", ".yml"):
        return [yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))]
    try:
        return [json.loads(text)]
    except json.JSONDecodeError:
        documents = []
        for line in text.splitlines():
            try:
                documents.append(json.loads(line))
            except json.JSONDecodeError:
                continue
        return documents


def first_string(node: dict, keys) -> str:
    return next((node[k] for k in keys if isinstance(node.get(k), str) and node[k].strip()), "")


def pairs(node, key=""):
    """Every (name, description) in a document: tools, operations, parameters, fields, in any of the formats that we know."""
    if isinstance(node, dict):
        name, description = first_string(node, NAME_KEYS) or key, first_string(node, DESCRIPTION_KEYS)
        if name and not name.isdigit() and (description or "type" in node):
            yield name, description
        for k, v in node.items():
            yield from pairs(v, k if isinstance(v, dict) else "")
    elif isinstance(node, list):
        for v in node:
            yield from pairs(v)


def speech(node):
    if isinstance(node, dict):
        for k, v in node.items():
            if k in SPEECH_KEYS and isinstance(v, str):
                yield v
            else:
                yield from speech(v)
    elif isinstance(node, list):
        for v in node:
            yield from speech(v)


def data_files(root: Path):
    return sorted(p for p in root.rglob("*") if p.suffix in (".json", ".jsonl", ".yaml", ".yml", ".snap") and p.is_file())


def catalog_texts(root: Path) -> list[str]:
    """Texts of the project's own catalogs."""
    return sorted({named_text(n, d) for p in data_files(root) for doc in read_documents(p) for n, d in pairs(doc)} - {""})


def shared_texts(shared: Path, folders=FIT_FOLDERS) -> tuple[list[str], list[str], list[str]]:
    """Named texts, bare name words, and sentences of the folders that the fit may read."""
    named, names, said = set(), set(), set()
    for folder in folders:
        for path in data_files(shared / "real-data" / folder):
            for document in read_documents(path):
                for name, description in pairs(document):
                    named.add(named_text(name, description[:600]))
                    names.add(words_of_identifier(name))
                said.update(" ".join(s.split()) for s in speech(document) if 8 <= len(s) <= 300)
    return sorted(named - {""}), sorted(names - {""}), sorted(said - {""})


def parts(named: list[str]) -> list[str]:
    """What a named text holds that is a text of its own: its description, and its name with the first clause alone."""
    found = set()
    for text in named:
        name, colon, description = text.partition(": ")
        if colon:
            found.add(description)
            found.add(f"{name}: {re.split(r'[.;,(]', description)[0].strip()}")
    return sorted(found - set(named) - {""})


def vocabulary_strings(words: list[str], count: int, seed: int) -> list[str]:
    """Random strings of one to eight whole words, frequent words more often: they reach the rows that no catalog uses."""
    draw = random.Random(seed)
    size = len(words)
    return [" ".join(words[min(size - 1, int(size * draw.random() ** 1.6))] for _ in range(draw.randint(1, 8))) for _ in range(count)]


def held_out(shared: Path) -> dict[str, dict[str, list[str]]]:
    """catalog -> {"tools": texts, "parameters": texts}; every format says in its own way what a tool is."""
    found = {}
    for name, files in HELD_OUT.items():
        tools, parameters = set(), set()
        for document in (d for file in files for d in read_documents(shared / "real-data" / file)):
            for tool in tools_of(document):
                tools.add(named_text(first_string(tool, NAME_KEYS), first_string(tool, DESCRIPTION_KEYS)))
                inner = {k: v for k, v in tool.items() if k not in NAME_KEYS + DESCRIPTION_KEYS}
                parameters.update(named_text(n, d) for n, d in pairs(inner) if d)
            if "components" in document:
                parameters.update(named_text(n, d) for n, d in pairs(document["components"]) if d)
        found[name] = {"tools": sorted(tools - {""}), "parameters": sorted(parameters - {""})}
    return found


def tools_of(document):
    if isinstance(document, list):
        yield from (d for d in document if isinstance(d, dict))
    elif "paths" in document:
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                if isinstance(operation, dict):
                    yield {"name": operation.get("operationId") or f"{method} {path}", **operation}
    else:
        # TaskBench says `id` and `desc`.
        for node in document.get("nodes", []):
            parameters = [{"name": p["name"], "description": p.get("desc", "")} for p in node.get("parameters", [])]
            yield {"name": node["id"], "description": node.get("desc", ""), "parameters": parameters}
