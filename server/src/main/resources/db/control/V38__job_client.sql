-- Clients that may have unfinished jobs, so that the others need not be asked. Written before a job is queued, and deleted when
-- nothing was found some time later.
create table job_client (
    client uuid primary key references client (id) on delete cascade,
    at     timestamptz not null default clock_timestamp()
);

-- Of those that were there before nothing is known.
insert into job_client (client) select id from client;
