/**
 * What the demonstrations leave empty, entered through the API by who may: so that no screen is photographed
 * without anything to see. Done once on a data directory; a second time it finds what it left.
 */
import { randomUUID } from 'node:crypto';

const CLIENT = '/clients/gpt-maker';

/** Calls the API with the session of a person's window. */
export function caller(url, { context }) {
  const call = async (method, at, data, headers = {}) => {
    const answer = await context.request.fetch(`${url}/api/v1${at}`, {
      method,
      ...(data === undefined ? {} : { data }),
      headers: { 'X-Etalon-Csrf': '1', 'Idempotency-Key': randomUUID(), ...headers },
    });
    if (!answer.ok()) throw new Error(`${method} ${at}: ${answer.status()} ${await answer.text()}`);
    const text = await answer.text();
    return text ? JSON.parse(text) : undefined;
  };
  return {
    get: (at) => call('GET', at),
    all: async (at) => (await call('GET', at)).items,
    post: (at, data = {}, headers) => call('POST', at, data, headers),
    put: (at, data, headers) => call('PUT', at, data, headers),
    remove: (at) => call('DELETE', at),
    upload: (at, text) => call('POST', at, Buffer.from(text), { 'Content-Type': 'application/octet-stream' }),
  };
}

/**
 * At a client whose wall has closed: owners behind owners, work that waits, texts, a course, pay, residency, a webhook, an
 * archive, somebody who asks to look in. Returns where single things stand.
 */
export async function furnishJune({ requester, operator, annotator }) {
  const [project] = await requester.all(`${CLIENT}/projects`);
  const at = `${CLIENT}/projects/${project.id}`;
  if ((await requester.all(`${CLIENT}/webhooks`)).length === 0) {
    await owners(operator);
    await work(requester, at);
    await people(requester, annotator, project);
    await pay(requester, annotator, at);
    await protection(requester, at);
    await operating(operator);
    await empty(operator, requester);
  }
  const [course] = await requester.all(`${CLIENT}/courses`);
  const [webhook] = await requester.all(`${CLIENT}/webhooks`);
  const vendors = await requester.all(`${CLIENT}/vendors`);
  return { at, course: course.id, webhook: webhook.id, vendor: vendors.find(({ name }) => name === 'Brightwork').id };
}

/** A holding above a vendor, a competitor behind it by way of a fund, and a stake that has ended. */
async function owners(operator) {
  const known = new Map((await operator.all('/organisations')).map(({ id, name }) => [name, id]));
  const make = async (name, country) => (await operator.post('/organisations', { name, country })).id;
  const holding = await make('Meridian Holding', 'NL');
  const fund = await make('Caldera Fund', 'LU');
  const stake = (owner, held, percent, since, more = {}) =>
    operator.post('/stakes', { owner, held, percent, voting: true, since, source: 'Commercial register', ...more });
  await stake(holding, known.get('Brightwork'), 62.5, '2022-03-01');
  await stake(fund, holding, 30, '2023-01-15');
  await stake(known.get('Grok maker'), fund, 15, '2024-06-30');
  await stake(fund, known.get('Foundry'), 12.5, '2019-05-01', { until: '2024-12-31' });
}

/** Something waits, something is known, something was foreseen, something was deleted; and the work is divided anew. */
async function work(requester, at) {
  const batch = await requester.post(`${at}/batches`, { name: 'Late replies', priority: 5 });
  for (let n = 0; n < 12; n++) {
    await requester.upload(`${at}/assets?name=late-${n}.txt`, `Late reply ${n}: somebody has to judge it.\n`);
  }
  await requester.post(`${at}/tasks`, { batch: batch.number });
  const tasks = await requester.all(`${at}/tasks?state=done&limit=60`);
  const model = { name: 'gpt-judge', version: '2025-05' };
  const items = [];
  for (const { task, id = task } of tasks.slice(0, 40)) {
    const { submissionList } = await requester.get(`${at}/tasks/${id}`);
    const answer = { shapes: [], answers: submissionList[0].answer.answers };
    if (items.length < 25) await requester.post(`${at}/gold`, { task: id, answer, category: 'everyday', difficulty: 2, feedback: 'The guidelines say so in their first line.' });
    items.push({ task: id, answer, model, confidence: 0.5 + (items.length % 10) / 20 });
  }
  await requester.post(`${at}/pre-labels`, { items });
  const deletion = { filter: { assetName: 'late-1' } };
  const { tasks: expected, answers: expectedAnswers } = await requester.post(`${at}/deletions/preview`, deletion);
  await requester.post(`${at}/deletions`, { ...deletion, expected, expectedAnswers });
  await requester.put(`${at}/routing`, { kind: 'adaptive', floor: 0.05, cap: 0.7, overlap: 0.1, everyMinutes: 60 }, { 'If-Match': '"1"' });
  await requester.post(`${at}/routing/decisions`);
}

/** Texts to accept, a course before the work, what somebody says of himself, a licence. */
async function people(requester, annotator, project) {
  await annotator.put('/me/description', {
    residence: 'FR',
    languages: [{ language: 'fr', level: 'native' }],
    skills: [{ skill: 'proof-reading', level: 4 }],
    availability: { timeZone: 'Europe/Paris', minutes: [420, 420, 420, 420, 240, 0, 0], daysOff: ['2026-12-25'] },
  });
  await annotator.post(`${CLIENT}/licences`, { kind: 'sworn-translator', country: 'FR', number: '75-0042', from: '2020-01-01' });
  await requester.post(`${CLIENT}/documents`, {
    kind: 'consent',
    title: 'Secrecy',
    body: '## What you see stays here\n\nYou tell **nobody** what the replies say.',
    inForce: true,
  });
  await requester.post(`${CLIENT}/courses`, {
    title: 'Judging replies',
    project: project.id,
    inForce: true,
    retake: false,
    pages: [
      { title: 'Which is better', body: 'Read **both** replies to their end.', questions: [{ text: 'When do you choose?', options: ['After the first', 'After both'], right: [1] }] },
      { title: 'Ties', body: 'Two replies may be equal.', questions: [] },
    ],
  });
}

/** What was done before the first rule is paid by it; a month is closed and one statement paid. */
async function pay(requester, annotator, at) {
  await annotator.put('/me/identity', {
    legalName: 'Ada Lovelace',
    country: 'FR',
    address: '1 rue de la Monnaie, Paris',
    account: 'FR14 2004 1010 0505 0001 3M02 606',
  });
  const rule = { currency: 'EUR', price: { unit: 'task', amount: '0.08' }, review: '0.05', late: '1', rejected: '0.5', floors: { FR: '11.88' } };
  await requester.put(`${at}/pay/rule`, rule, { 'If-Match': '"0"' });
  await requester.post(`${CLIENT}/pay/statements`, { month: new Date().toISOString().slice(0, 7) });
  const [statement] = await requester.all(`${CLIENT}/pay/statements`);
  await requester.post(`${CLIENT}/pay/statements/${statement.number}/payment`, { reference: 'SEPA 42' });
}

async function protection(requester, at) {
  await requester.put(`${CLIENT}/residency`, { concern: 'people', countries: ['FR', 'DE', 'US'], inForce: false });
  await requester.post(`${CLIENT}/walls`, { kind: 'country', countries: ['FR', 'DE', 'US'], inForce: false });
  await requester.post(`${CLIENT}/keys/rotate`);
  await requester.post(`${at}/releases`, { method: 'majority' });
  await requester.post(`${CLIENT}/exit/exports`);
  await requester.post(`${CLIENT}/webhooks`, { url: 'https://receiver.example/etalon', description: 'Nightly training', kinds: ['release.changed', 'wall.changed'] });
}

async function operating(operator) {
  await operator.post('/operator/break-glass', { client: 'gpt-maker', minutes: 30, reason: 'Ticket 4711: a page of the queue stays empty' });
}

/** A client at which nothing has happened. */
async function empty(operator, requester) {
  await operator.post('/clients', { slug: 'new-maker', name: 'New maker' });
  const { person } = await requester.get('/session');
  const { token } = await operator.post('/clients/new-maker/invitations', { email: person.email, name: person.name, roles: ['requester'] });
  await requester.post('/invitations/accept', { token });
}
