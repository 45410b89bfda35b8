-- Pay: rules, a ledger of double entry, statements. Rows are only added; a mistake is mended by an entry that reverses it.

-- What work in a project pays. Without a workforce it is for everybody who has no rule of his own workforce.
create table pay_rule (
    id        bigint generated always as identity primary key,
    project   uuid not null references project,
    workforce uuid,
    version   int not null check (version > 0),
    body      jsonb not null,
    set_by    uuid not null,
    at        timestamptz not null default now(),
    unique nulls not distinct (project, workforce, version)
);

-- One happening in one currency. What it is about stands here; a kind happens once to a source, however often it is told.
create table pay_entry (
    id        bigint generated always as identity primary key,
    kind      text not null check (kind in
        ('answer', 'exam', 'review', 'rejection', 'appeal', 'floor', 'adjustment', 'correction', 'rounding', 'payment')),
    source    bigint not null,
    person    uuid not null,
    workforce uuid,
    project   uuid,
    rule      bigint references pay_rule,
    reverses  bigint references pay_entry,
    currency  text not null check (currency ~ '^[A-Z]{3}$'),
    seconds   bigint not null default 0 check (seconds >= 0),
    reason    text check (length(reason) between 1 and 500),
    made_by   uuid,
    worked_at timestamptz not null,
    at        timestamptz not null default now(),
    unique (kind, source)
);
create index pay_entry_of_person on pay_entry (person, worked_at);
create index pay_entry_of_project on pay_entry (project, id);
-- An entry is reversed once.
create unique index pay_entry_reversed on pay_entry (reverses) where reverses is not null;

-- A debit is above zero, a credit below. The entry tells whose account it is: a project's expense, a person's payable.
create table pay_line (
    entry   bigint not null references pay_entry,
    account text not null check (account in ('expense', 'payable', 'paid', 'adjustment', 'rounding')),
    amount  numeric not null check (scale(amount) <= 12),
    primary key (entry, account)
);

-- The lines of an entry add up to nothing, whoever writes them.
create function pay_line_balances() returns trigger language plpgsql as $$
begin
    if (select sum(amount) from public.pay_line where entry = new.entry) <> 0 then
        raise exception 'the lines of pay entry % do not add up to zero', new.entry using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger pay_line_balances after insert on pay_line
    deferrable initially deferred for each row execute function pay_line_balances();

-- Closed for good: what a person was told that he is owed. The amount is rounded, the exact sum stands beside it.
create table pay_statement (
    number    bigint primary key check (number > 0),
    person    uuid not null,
    workforce uuid,
    month     date not null check (extract(day from month) = 1),
    currency  text not null,
    exact     numeric not null,
    amount    numeric not null check (amount >= 0),
    closed_by uuid not null,
    at        timestamptz not null default now()
);
create index pay_statement_of_person on pay_statement (person, number);

-- An entry stands on one statement.
create table pay_statement_entry (
    entry     bigint primary key references pay_entry,
    statement bigint not null references pay_statement
);
create index pay_statement_entry_of on pay_statement_entry (statement);

revoke update, delete, truncate on pay_rule, pay_entry, pay_line, pay_statement, pay_statement_entry from "${role}";
