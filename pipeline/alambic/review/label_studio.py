"""Label Studio: tasks with predictions, the labelling interface that shows them, and annotations read back.

The form is Label Studio's «JSON», for import (`data`, `predictions`) and export (`data`, `annotations`):
https://labelstud.io/guide/predictions, https://labelstud.io/guide/task_format. A region's values are results of their
own with the region's `id` (controls with `perRegion`); an annotation that starts from a prediction keeps the `id`.
Offsets count code points since Label Studio 1.4 (label-studio-frontend pull request 308); earlier versions counted
UTF-16 units, which the texts of the regions betray. A line end is one character, `\\r\\n` two. Tried with 1.23.2.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from alambic.evaluation.gold import Gold
from alambic.review.labels import COLOURS, FIELDS, OPTIONAL, Field
from alambic.review.marks import NOT_TOLD, Mark, Reading, ReviewFault, agrees, marks_of
from alambic.review.offsets import Utf16

TASKS, INTERFACE = "tasks.json", "labeling-interface.xml"
_LABEL, _TEXT = "label", "text"
_EXPORTED = "alambic"


def write(golds: Iterable[Gold], folder: Path) -> list[Path]:
    """Writes `golds` as tasks with predictions into `folder`, and the labelling interface beside."""
    tasks, interface = folder / TASKS, folder / INTERFACE
    interface.write_text(labelling_interface(), encoding="utf-8", newline="\n")
    with open(tasks, "w", encoding="utf-8", newline="\n") as stream:
        stream.write("[")
        for number, gold in enumerate(golds):
            stream.write(",\n" if number else "\n")
            stream.write(json.dumps(task(gold), ensure_ascii=False))  # quicker than json.dump
        stream.write("\n]\n")
    return [tasks, interface]


def task(gold: Gold) -> dict[str, Any]:
    """The task that shows `gold`, its spans as a prediction.

    `data.alambic` keeps what was exported: it tells a value that a person took out from one never given.
    """
    marks = marks_of(gold.release)
    sure = [e.confidence for e in gold.release.entities if e.confidence is not None]
    prediction: dict[str, Any] = {
        "model_version": "alambic",
        "result": [result for number, mark in enumerate(marks) for result in _results(f"a{number}", mark)],
    }
    if sure:
        prediction["score"] = round(min(sure), 4)  # tasks can be sorted by it: the least sure first
    return {
        "data": {
            "text": gold.text,
            "doc_id": gold.release.doc_id,
            "published": gold.release.published,
            "sha256": gold.release.sha256,
            _EXPORTED: {f"a{number}": dict(mark.values) for number, mark in enumerate(marks)},
        },
        "predictions": [prediction],
    }


def _results(region: str, mark: Mark) -> Iterator[dict[str, Any]]:
    place = {"start": mark.start, "end": mark.end}

    def result(name: str, sort: str, **value: Any) -> dict[str, Any]:
        return {
            "id": region,
            "from_name": name,
            "to_name": _TEXT,
            "type": sort,
            "value": place | {"text": mark.written} | value,
        }

    yield result(_LABEL, "labels", labels=[mark.label])
    for field in FIELDS[mark.label]:
        value = mark.values[field.name]
        if value in (None, ""):
            continue
        if field.choices:
            yield result(field.name, "choices", choices=[value])
        else:
            yield result(field.name, "textarea", text=[str(value)])
    if mark.values.get(OPTIONAL):
        yield result(OPTIONAL, "choices", choices=[OPTIONAL])


def labelling_interface() -> str:
    """The labelling configuration: labels, and for the span that is selected its values."""
    labels = "\n".join(
        f'    <Label value="{label}" background="{COLOURS[label]}" hotkey="{number}"/>'
        for number, label in enumerate(FIELDS, 1)
    )
    owners: dict[tuple[Field, ...], list[str]] = {}
    for label, fields in FIELDS.items():
        owners.setdefault(fields, []).append(label)
    controls = "\n".join(line for fields, of in owners.items() for line in _controls(fields, of))
    return f"""<View>
  <Style>.htx-text, .htx-richtext, .lsf-htx-richtext {{ white-space: pre-wrap; }}</Style>
  <Labels name="{_LABEL}" toName="{_TEXT}">
{labels}
  </Labels>
  <Text name="{_TEXT}" value="${_TEXT}" granularity="symbol"/>
{controls}
  <Choices name="{OPTIONAL}" toName="{_TEXT}" perRegion="true" visibleWhen="region-selected" choice="multiple">
    <Choice value="{OPTIONAL}"/>
  </Choices>
</View>
"""


def _controls(fields: tuple[Field, ...], labels: list[str]) -> Iterator[str]:
    """What is shown for a selected region of `labels`: a heading and a control for each of `fields`."""
    shown = f'visibleWhen="region-selected" whenTagName="{_LABEL}" whenLabelValue="{",".join(labels)}"'
    yield f"  <View {shown}>"
    for field in fields:
        opening = f'name="{field.name}" toName="{_TEXT}" perRegion="true" {shown}'
        yield f'    <Header value="{field.name}" size="6"/>'
        if field.choices:
            yield f'    <Choices {opening} choice="single-radio" showInline="true">'
            yield from (f"      <Choice value={quoteattr(choice)}/>" for choice in field.choices)
            yield "    </Choices>"
        else:
            hint = quoteattr(field.example)
            yield f'    <TextArea {opening} rows="1" editable="true" maxSubmissions="1" placeholder={hint}/>'
    yield "  </View>"


def read(path: Path) -> Iterator[Reading]:
    """What annotators left in the export `path`: a reading for each annotation of each task.

    Where nobody annotated a task its prediction is read, and a note says so. Raises `ReviewFault` for another form.
    """
    told = _loaded(path)
    yield from readings(told if isinstance(told, list) else [told], str(path))


def is_export(path: Path) -> bool:
    """Whether the JSON file `path` has Label Studio's form, not doccano's."""
    told = _loaded(path)
    first = told[0] if isinstance(told, list) and told else told
    return not (
        isinstance(first, dict)
        and {"text", "data"} & first.keys()
        and not isinstance(first.get("data"), dict)
    )


def _loaded(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise ReviewFault(f"{path}: it cannot be read as JSON ({error}); export it again.") from None


def readings(tasks: Iterable[Any], source: str) -> Iterator[Reading]:
    """The readings of `tasks`, which `source` names in messages."""
    for number, told in enumerate(tasks, 1):
        data = told.get("data") if isinstance(told, dict) else None
        if not isinstance(data, dict) or not isinstance(data.get(_TEXT), str):
            raise ReviewFault(
                f"{source}: its entry {number} has no text under data; export from Label Studio as JSON"
                " (not JSON-MIN or CSV)."
            )
        yield from _of_task(told, data)


def _of_task(told: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[Reading]:
    annotations = [a for a in _objects(told.get("annotations")) if not a.get("was_cancelled")]
    doc_id = str(data.get("doc_id") or f"task-{told.get('id', 0)}")
    for annotation in annotations or _objects(told.get("predictions"))[:1]:
        reading = Reading(
            doc_id=doc_id,
            text=data[_TEXT],
            annotator=_annotator(annotation.get("completed_by")),
            published=data.get("published", NOT_TOLD),
            sha256=data.get("sha256"),
        )
        if not annotations:
            reading.notes.append(f"{doc_id}: nobody annotated it; its predictions were taken as they are.")
        _read_results(reading, _objects(annotation.get("result")), data.get(_EXPORTED))
        yield reading
    if not annotations and not _objects(told.get("predictions")):
        skipped = Reading(doc_id=doc_id, text=data[_TEXT], annotator="nobody", published=None)
        skipped.is_skipped = True
        skipped.notes.append(f"{doc_id}: nobody annotated it, or it was skipped; no gold was written.")
        yield skipped


def _objects(given: Any) -> list[Any]:
    return [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []


def _annotator(completed_by: Any) -> str:
    if isinstance(completed_by, dict):
        completed_by = completed_by.get("email") or completed_by.get("username") or completed_by.get("id")
    return "the predictions" if completed_by is None else f"annotator {completed_by}"


def _read_results(reading: Reading, results: list[Any], exported: Any) -> None:
    regions: dict[str, list[Any]] = {}
    for number, result in enumerate(results):
        region = str(result.get("id", f"without-id-{number}")).partition("#")[0]
        regions.setdefault(region, []).append(result)
    known = exported if isinstance(exported, dict) else {}
    for region, of_region in regions.items():
        _read_region(reading, of_region, known.get(region))
    _count_in_code_points(reading)


def _read_region(reading: Reading, results: list[Any], exported: Any) -> None:
    labelled = [result for result in results if result.get("type") == "labels"]
    values: dict[str, Any] = {}
    if isinstance(exported, dict):  # of what was shown, a value that is no more was taken out
        values = {name: False if name == OPTIONAL else None for name in (*exported, OPTIONAL)}
    for result in results:
        if result.get("type") not in ("labels", "relation"):
            values[str(result.get("from_name"))] = _value(result)
    for result in labelled:
        value = result["value"] if isinstance(result.get("value"), dict) else {}
        start, end, labels = value.get("start"), value.get("end"), value.get("labels") or []
        if not isinstance(start, int) or not isinstance(end, int):
            reading.conflicts.append(
                f"{reading.doc_id}: a region {labels} has no offsets into plain text ({start!r}); mark it in a Text."
            )
            continue
        written = value.get("text")
        for label in labels:
            reading.marks.append(
                Mark(
                    label=str(label),
                    start=start,
                    end=end,
                    values=values,
                    written=written if isinstance(written, str) else None,
                )
            )
    if not labelled:
        reading.conflicts.append(
            f"{reading.doc_id}: values {values} stand at a region without a label; give it one."
        )


def _value(result: Mapping[str, Any]) -> Any:
    """The value of a control: its only item where it is a list of one, `None` for an empty one."""
    told = result.get("value")
    sort = {"textarea": "text"}.get(str(result.get("type")), str(result.get("type")))
    value = told.get(sort) if isinstance(told, dict) else None
    if not isinstance(value, list):
        return value
    if len(value) > 1:
        return " ; ".join(map(str, value)) if result.get("from_name") == "speaker" else value
    return value[0] if value else None


def _count_in_code_points(reading: Reading) -> None:
    """Turns the marks' offsets to code points where their texts say that they count UTF-16 units."""
    offsets = Utf16(reading.text)
    if not offsets.differs:
        return
    turned = [_turned(mark, offsets) for mark in reading.marks]
    as_they_are = sum(agrees(reading.text, mark) for mark in reading.marks)
    if sum(mark is not None and agrees(reading.text, mark) for mark in turned) > as_they_are:
        reading.marks = [new or old for new, old in zip(turned, reading.marks, strict=True)]


def _turned(mark: Mark, offsets: Utf16) -> Mark | None:
    start, end = offsets.code_points(mark.start), offsets.code_points(mark.end)
    return None if start is None or end is None else replace(mark, start=start, end=end)
