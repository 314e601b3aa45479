"""Pages in an editor, checked as they are typed: ``fixnews server``, a language server.

`settings` finds what holds for a page, `checking` keeps what was worked out of it, `remedies` says
what may be done about a place, `columns` counts as editors do, and `protocol`, the only file that
knows pygls, speaks with the editor.
"""
