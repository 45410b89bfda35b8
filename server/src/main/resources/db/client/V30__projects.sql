-- A project's settings. Label names and guidelines are secrets like assets, so their versions are sealed with the
-- project's data key; ids, numbers and states stay readable for queries.
create table project (
    id                uuid primary key,
    name              text not null,
    code_name         text not null unique,
    kind              text not null check (kind in ('image', 'text')),
    template          text not null,
    state             text not null check (state in ('active', 'paused')),
    redundancy        int not null check (redundancy between 1 and 100),
    review_share      double precision not null check (review_share between 0 and 1),
    default_rounds    int not null check (default_rounds between 1 and 20),
    licence           text not null,
    ontology_version  int not null,
    guideline_version int not null,
    created_at        timestamptz not null
);

-- People who judge each task more than once, by explicit choice of the project.
create table project_rounds (
    project uuid not null references project,
    person  uuid not null,
    rounds  int not null check (rounds between 1 and 20),
    primary key (project, person)
);

-- Which workforces may take its tasks.
create table project_workforce (
    project   uuid not null references project,
    workforce uuid not null,
    primary key (project, workforce)
);

create table ontology_version (
    project    uuid not null references project,
    version    int not null check (version > 0),
    sealed     bytea not null,
    created_at timestamptz not null,
    created_by uuid not null,
    primary key (project, version)
);

create table guideline_version (
    project    uuid not null references project,
    version    int not null check (version > 0),
    sealed     bytea not null,
    created_at timestamptz not null,
    created_by uuid not null,
    primary key (project, version)
);

-- A version that work was done under is never rewritten.
revoke update, delete, truncate on ontology_version, guideline_version from "${role}";
