"""What the database itself holds between accounts and their entries. Both refuse with an IntegrityError."""

from typing import Any

import pgtrigger


class EntryFollows(pgtrigger.Trigger):
    """For the `triggers` of an entry table: writes `<balance>_after` and checks that the account moved by the delta."""

    name = "entry_follows"
    when = pgtrigger.Before
    operation = pgtrigger.Insert
    declare = [("before", "record"), ("account", "record")]

    def __init__(self, account: str) -> None:
        self.account = account
        super().__init__()

    def get_func(self, model: Any) -> str:
        field = model._meta.get_field(self.account)
        names = [f.name.removesuffix("_after") for f in model._meta.fields if f.name.endswith("_after")]
        steps = "".join(
            f"""
            NEW.{name}_after := account.{name};
            IF NEW.{name}_after IS DISTINCT FROM COALESCE(before.{name}_after, 0) + NEW.{name}_delta THEN
                RAISE EXCEPTION 'Entry of %: {name} was %, is %, posted %', TG_TABLE_NAME,
                    COALESCE(before.{name}_after, 0), account.{name}, NEW.{name}_delta
                    USING ERRCODE = 'check_violation';
            END IF;"""
            for name in names
        )
        key = f'"{field.column}" = NEW."{field.column}"'
        return f"""
            SELECT * INTO account FROM "{field.related_model._meta.db_table}" WHERE id = NEW."{field.column}";
            SELECT * INTO before FROM "{model._meta.db_table}" WHERE {key} ORDER BY id DESC LIMIT 1;
            {steps}
            RETURN NEW;
        """  # noqa: S608 - our own tables' names


class BalanceIsPosted(pgtrigger.Trigger):
    """For the `triggers` of an account, checked at the commit. `entries`: the relation to its entries.

    `name` tells apart the triggers of an account with several ledgers.
    """

    when = pgtrigger.After
    timing = pgtrigger.Deferred
    declare = [("account", "record"), ("last", "record")]

    def __init__(self, entries: str, *balances: str, name: str = "balance_is_posted") -> None:
        self.entries = entries
        self.balances = balances
        super().__init__(name=name, operation=pgtrigger.Insert | pgtrigger.UpdateOf(*balances))

    def get_func(self, model: Any) -> str:
        relation = model._meta.get_field(self.entries)
        table, entries = model._meta.db_table, relation.related_model._meta.db_table
        differs = " OR ".join(f"account.{name} <> COALESCE(last.{name}_after, 0)" for name in self.balances)
        return f"""
            SELECT * INTO account FROM "{table}" WHERE id = NEW.id;
            IF NOT FOUND THEN
                RETURN NULL;
            END IF;
            SELECT * INTO last FROM "{entries}" WHERE "{relation.field.column}" = NEW.id ORDER BY id DESC LIMIT 1;
            IF {differs} THEN
                RAISE EXCEPTION 'A balance of % % was changed without an entry', TG_TABLE_NAME, NEW.id
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """  # noqa: S608 - our own tables' names
