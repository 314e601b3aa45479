"""The filters: each proposes changes to a draft, none applies them."""
