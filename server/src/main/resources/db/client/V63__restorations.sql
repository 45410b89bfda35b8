-- An earlier answer that was put in effect again: a copy of its row's content, sealed texts and all, which stands in the
-- place of the newest submission of its slot from then on. The newest restoration of a submission counts; another
-- submission of the slot ends it.
create table restoration (
    id                bigint generated always as identity primary key,
    project           uuid not null,
    task              bigint not null,
    submission        bigint not null,
    source            bigint not null,
    mended            boolean not null,
    -- What binds the sealed texts: the lease under which they were written.
    lease             bigint not null,
    ontology_version  int not null,
    guideline_version int not null,
    answer            jsonb not null,
    texts             bytea,
    person            uuid not null,
    at                timestamptz not null default now()
);
create index restoration_of_project on restoration (project, task, id);
revoke update, delete, truncate on restoration from "${role}";

-- A task's history asks for its leases; the index that only told a project's leases tells both.
create index lease_of_task on lease (project, task);
drop index lease_of_project;
