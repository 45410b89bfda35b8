-- A client's word that a provider, as it is set now, may open its members' accounts and give its roles.
create table provider_consent (
    provider     uuid not null references identity_provider on delete cascade,
    client       uuid not null references client,
    -- SHA-256 of what was consented to; another setting is another thing.
    fingerprint  text not null,
    consented_by uuid not null,
    consented_at timestamptz not null,
    primary key (provider, client)
);
create index provider_consent_client on provider_consent (client);

-- An operator's invitation of a client's first requester: one at most is open, and none once there is a requester.
alter table invitation add column first_requester boolean not null default false;
update invitation i set first_requester = true
where exists (select from role_grant g where g.person = i.invited_by and g.role = 'operator')
  and not exists (select from role_grant g where g.person = i.invited_by and g.client = i.client);
delete from invitation i where first_requester
  and (exists (select from role_grant g where g.client = i.client and g.role = 'requester')
    or exists (select from invitation n where n.client = i.client and n.first_requester and n.id > i.id));
create unique index invitation_first on invitation (client) where first_requester;
