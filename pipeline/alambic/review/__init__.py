"""Review: records to an annotation tool, and what people corrected there back to gold.

`sources` says what can be exported, `exporting` writes it, `importing` reads it back; a module a tool
(`label_studio`, `brat`, `doccano`) knows its format, and `assembly` makes gold of what annotators left.
"""
