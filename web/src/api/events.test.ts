import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { follow, type EventKind } from './events';

/** A browser's event source whose server is the test. */
class Source extends EventTarget {
  static newest: Source;
  closed = false;
  readonly url: string;

  constructor(url: string) {
    super();
    this.url = url;
    Source.newest = this;
  }

  say(name: string): void {
    this.dispatchEvent(new Event(name));
  }

  close(): void {
    this.closed = true;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Source);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('following events', () => {
  it('gathers a burst into one piece of news, each kind once', () => {
    const news: EventKind[][] = [];
    follow('/clients/a/projects/b/events', { onNews: (kinds) => news.push([...kinds]), onLive: () => undefined });
    expect(Source.newest.url).toBe('/api/v1/clients/a/projects/b/events');
    for (let i = 0; i < 50; i++) Source.newest.say('work.done');
    Source.newest.say('release.changed');
    expect(news).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(news).toEqual([['work.done', 'release.changed']]);
    vi.advanceTimersByTime(5000);
    expect(news).toHaveLength(1);
  });

  it('says when events come and when they do not', () => {
    const states: boolean[] = [];
    follow('/e', { onNews: () => undefined, onLive: (live) => states.push(live) });
    Source.newest.say('ready');
    Source.newest.say('error');
    Source.newest.say('ready');
    expect(states).toEqual([true, false, true]);
  });

  it('tells nothing after it was ended', () => {
    const onNews = vi.fn();
    const end = follow('/e', { onNews, onLive: () => undefined });
    Source.newest.say('work.done');
    end();
    vi.advanceTimersByTime(5000);
    expect(onNews).not.toHaveBeenCalled();
    expect(Source.newest.closed).toBe(true);
  });
});
