-- How a project's waiting work is divided among workforces: the policies, and each shift of shares with its reasons.
create table routing_policy (
    project  uuid not null references project,
    version  int not null check (version > 0),
    settings jsonb not null,
    set_by   uuid not null,
    at       timestamptz not null default now(),
    primary key (project, version)
);

create table routing_decision (
    id      bigint generated always as identity primary key,
    project uuid not null references project,
    policy  int not null,
    parts   jsonb not null,
    crossed double precision not null,
    reasons jsonb not null,
    cause   text not null,
    waiting bigint not null,
    by      uuid,
    at      timestamptz not null default now()
);
create index routing_decision_of_project on routing_decision (project, id);

revoke update, delete, truncate on routing_policy, routing_decision from "${role}";
