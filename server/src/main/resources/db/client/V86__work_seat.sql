-- Who works on this client's queues: the server that took them last, and how often they were taken. A transaction that
-- changes a queue on another connection than a writer's holds this row shared until it commits, so that it commits before
-- the next taking, or not at all.
create table work_seat (
    only_one boolean primary key default true check (only_one),
    epoch    bigint not null,
    node     uuid,
    since    timestamptz not null default now()
);
insert into work_seat (epoch) values (0);
