-- One row that says whose cell this is, so that a database restored in the wrong place is noticed.
create table cell (
    database_name text primary key,
    made_at       timestamptz not null default now()
);
insert into cell (database_name) values (current_database());
revoke insert, update, delete on cell from "${role}";
