import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/api/client';
import type { Asset } from '@/api/types';
import { EMPTY_ANSWER, MemoryJournal, type Ontology } from '@engines/core';
import { HandClock, settle } from '@engines/core/testing';
import { ContentLoader } from './content';
import { AWAY_MS, Conveyor, type Line } from './conveyor';
import { Piece } from './piece';

interface Job {
  readonly id: number;
}

const ontology: Ontology = { labels: [], questions: [{ id: 'q', name: 'Q', type: 'text' }] };
const place = { client: 'museum', project: 'coins' };
const refusal = (status: number, faults: ApiError['faults'] = []) => new ApiError({ status, faults: [...faults] });

/** A server with jobs 1 to `jobs`; `answers` are what it says to the next acts, then it accepts. */
class Server {
  readonly clock = new HandClock();
  readonly journal = new MemoryJournal();
  readonly sent: { job: number; act: string; key: string }[] = [];
  readonly released: number[] = [];
  readonly lost = new Set<number>();
  answers: (ApiError | 'accept')[] = [];
  held: Job[] = [];
  beats = 0;
  every = 10;
  #next = 1;
  readonly #jobs: number;

  constructor(jobs = 9) {
    this.#jobs = jobs;
  }

  #take(): Job | undefined {
    const job = this.#next <= this.#jobs ? { id: this.#next++ } : undefined;
    if (job !== undefined) this.held.push(job);
    return job;
  }

  line(): Line<Job, string> {
    const end = (job: Job) => {
      this.held = this.held.filter(({ id }) => id !== job.id);
    };
    return {
      place: 'test',
      heartbeatSeconds: () => this.every,
      held: async () => [...this.held],
      take: async () => this.#take(),
      beat: async (job) => {
        this.beats++;
        if (this.lost.has(job.id)) throw refusal(409);
      },
      release: async (job) => {
        this.released.push(job.id);
        end(job);
      },
      send: async (job, act, key) => {
        this.sent.push({ job: job.id, act, key });
        const answer = this.answers.shift() ?? 'accept';
        if (answer !== 'accept') throw answer;
        end(job);
        return this.#take() ?? null;
      },
      open: async (job) => {
        const asset: Asset = { id: `a${job.id}`, name: 'a', sha256: '', type: 'text/plain', size: 1, createdAt: '', tasks: 1 };
        const expiresAt = new Date(Date.now() + 60_000).toISOString();
        return Piece.open({
          journal: this.journal,
          scheduler: this.clock,
          key: `job/${job.id}`,
          asset,
          ontology,
          base: EMPTY_ANSWER,
          draft: undefined,
          content: new ContentLoader(place, asset, { url: 'http://content.test/x', expiresAt }),
          push: async () => 'saved',
        });
      },
    };
  }

  async conveyor(): Promise<Conveyor<Job, string>> {
    const conveyor = new Conveyor(this.line(), this.journal, this.clock);
    await conveyor.open();
    await settle();
    return conveyor;
  }
}

const write = (conveyor: Conveyor<Job, string>, value: string) =>
  conveyor.state.current?.piece.log.edit({ kind: 'answer', question: 'q', from: null, to: value });
const current = (conveyor: Conveyor<Job, string>) => conveyor.state.current?.job.id;

beforeEach(() => {
  vi.stubGlobal('fetch', async () => new Response('text'));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the conveyor', () => {
  it('holds one job and has the next one ready', async () => {
    const server = new Server();
    const conveyor = await server.conveyor();
    expect(current(conveyor)).toBe(1);
    expect(conveyor.state.ready).toBe(1);
    expect(server.held).toHaveLength(2);
  });

  it('shows the next job in the same turn, before the server has answered', async () => {
    const server = new Server();
    const conveyor = await server.conveyor();
    conveyor.finish('submit');
    expect(current(conveyor)).toBe(2);
    expect(server.sent).toEqual([]);
    await settle();
    expect(server.sent).toMatchObject([{ job: 1, act: 'submit' }]);
    expect(conveyor.state.sent).toBe(1);
    expect(conveyor.state.ready).toBe(1);
    expect(server.held.map(({ id }) => id)).toEqual([2, 3]);
  });

  it('sends a failed act again by itself, with the same key', async () => {
    const server = new Server();
    const conveyor = await server.conveyor();
    server.answers = [refusal(0), refusal(503)];
    conveyor.finish('submit');
    await settle();
    expect(conveyor.state.outgoing).toMatchObject([{ status: 'failed' }]);
    await server.clock.pass(20_000);
    expect(conveyor.state.outgoing).toEqual([]);
    expect(server.sent).toHaveLength(3);
    expect(new Set(server.sent.map(({ key }) => key)).size).toBe(1);
  });

  it('never gives up an act: it is sent after a reload too', async () => {
    const server = new Server();
    const conveyor = await server.conveyor();
    server.answers = [refusal(0)];
    conveyor.finish('submit');
    await settle();
    const key = server.sent[0]?.key;
    conveyor.close();
    const again = await server.conveyor();
    await settle();
    expect(server.sent.map((one) => one.key)).toEqual([key, key]);
    expect(again.state.outgoing).toEqual([]);
    expect(current(again)).not.toBe(1);
  });

  it('brings a refused job back with its work and faults, and the job in between waits', async () => {
    const server = new Server();
    const conveyor = await server.conveyor();
    write(conveyor, 'mine');
    server.answers = [refusal(400, [{ pointer: '/answer/answers/q', message: 'No.' }])];
    conveyor.finish('submit');
    await settle();
    expect(conveyor.state.outgoing).toMatchObject([{ status: 'refused' }]);
    await conveyor.takeBack('job/1');
    expect(current(conveyor)).toBe(1);
    expect(conveyor.state.current?.piece.log.answer.answers).toEqual({ q: 'mine' });
    expect(conveyor.state.current?.piece.state.faults).toHaveLength(1);
    conveyor.finish('submit');
    expect(current(conveyor)).toBe(2);
    await settle();
    expect(new Set(server.sent.map(({ key }) => key)).size).toBe(2);
  });

  it('says when an act came too late, and does not send it again', async () => {
    const server = new Server();
    const conveyor = await server.conveyor();
    server.answers = [refusal(409)];
    conveyor.finish('submit');
    await settle();
    await server.clock.pass(120_000);
    expect(conveyor.state.outgoing).toMatchObject([{ status: 'stale' }]);
    expect(server.sent).toHaveLength(1);
    await conveyor.dismiss('job/1');
    expect(conveyor.state.outgoing).toEqual([]);
  });

  it('drops a lost job that lay ready, and keeps the work of a lost one in the hand', async () => {
    const server = new Server();
    const conveyor = await server.conveyor();
    write(conveyor, 'mine');
    server.lost.add(1).add(2);
    await server.clock.pass(11_000);
    expect(conveyor.state.current?.piece.state.lost).toBe(true);
    expect(conveyor.state.current?.piece.log.answer.answers).toEqual({ q: 'mine' });
    conveyor.leaveLost();
    await settle();
    expect(current(conveyor)).toBe(3);
  });

  it('goes on after a reload with the job that was worked on', async () => {
    const server = new Server();
    const first = await server.conveyor();
    write(first, 'mine');
    await settle();
    server.held.reverse();
    const second = await server.conveyor();
    expect(current(second)).toBe(1);
    expect(second.state.current?.piece.log.answer.answers).toEqual({ q: 'mine' });
  });

  it('gives untouched jobs back when it is closed, and keeps touched ones', async () => {
    const server = new Server();
    const conveyor = await server.conveyor();
    write(conveyor, 'mine');
    conveyor.close();
    expect(server.released).toEqual([2]);
  });

  it('looks again by itself when there is nothing', async () => {
    const server = new Server(0);
    const conveyor = await server.conveyor();
    expect(conveyor.state.phase).toBe('empty');
    server.held = [];
    await server.clock.pass(25_000);
    expect(conveyor.state.phase).toBe('empty');
  });
});

describe('a desk that nobody sits at', () => {
  it('sends no heartbeats after half an hour, and says so', async () => {
    const server = new Server();
    server.every = 300;
    const conveyor = await server.conveyor();
    await server.clock.pass(AWAY_MS - 400_000);
    const before = server.beats;
    expect(before).toBeGreaterThan(0);
    await server.clock.pass(700_000);
    const then = server.beats;
    expect(conveyor.state.absence).toBe('away');
    await server.clock.pass(3_600_000);
    expect(server.beats).toBe(then);
  });

  it('goes on with the same job where it is still his', async () => {
    const server = new Server();
    server.every = 300;
    const conveyor = await server.conveyor();
    await server.clock.pass(AWAY_MS + 301_000);
    const before = server.beats;
    conveyor.touch();
    await settle();
    expect(server.beats).toBe(before + 2);
    expect(current(conveyor)).toBe(1);
    expect(conveyor.state.absence).toBeUndefined();
  });

  it('takes the next job and says why where the one in the hand was gone', async () => {
    const server = new Server();
    server.every = 300;
    const conveyor = await server.conveyor();
    write(conveyor, 'half');
    await server.clock.pass(AWAY_MS + 301_000);
    server.lost.add(1).add(2);
    conveyor.touch();
    await settle();
    expect(conveyor.state.absence).toBe('lost');
    expect(current(conveyor)).toBeGreaterThan(2);
    conveyor.noticed();
    expect(conveyor.state.absence).toBeUndefined();
  });
});
