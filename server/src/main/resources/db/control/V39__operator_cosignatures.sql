-- What witnesses signed of the operator's log's heads; one line of each witness a head, and what was signed once stays.
create table operator_cosignature (
    size    bigint not null references operator_checkpoint,
    witness text not null,
    line    text not null,
    at      timestamptz not null,
    primary key (size, witness)
);
revoke update, delete, truncate on operator_cosignature from "${role}";
