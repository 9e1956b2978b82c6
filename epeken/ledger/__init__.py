"""Ledgers: what a budget line, an owner's month, a shelf or a day still holds, and every entry that made it so.

An *account* is any row with balance columns (`BudgetLine.reserved`, `Product.on_hand`). Its *entries* are an
append-only table, a child of `models.LedgerEntry`, with two columns for each balance, in whole rupiah or in quantities:
`<balance>_delta`, what the entry changed, and `<balance>_after`, what the account held then. One entry is a posting to
all balances of one account; a posting between accounts is one entry on each, under one reference.

- `services.post` is the only way to write either: a conditional UPDATE of the account (never below zero, never above
  its ceiling; of two racing for the last rupiah one finds no row), then the entry. A key counts once on an account.
- The database checks each step: an entry's `after` is the one before plus its delta and what the account holds
  (`triggers.EntryFollows`); at the commit, what the account holds is the `after` of its last entry
  (`triggers.BalanceIsPosted`). Each check reads one row, however long the ledger. The account's CHECKs come last.
- `audit.differences` asks once more, over all ledgers, whether every balance is the sum of its entries.

Money accounts stand on the same base: a posting between two of them is two entries whose deltas add up to nothing.
This app knows no noun of trade; the ledgers themselves lie with their nouns.
"""
