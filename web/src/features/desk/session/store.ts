/** A value that React can watch (`useSyncExternalStore`): each state is a new object. */
export class Store<State> {
  readonly #listeners = new Set<() => void>();
  #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  get state(): State {
    return this.#state;
  }

  readonly read = (): State => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(state: State): void {
    if (state !== this.#state) {
      this.#state = state;
      for (const listener of [...this.#listeners]) {
        listener();
      }
    }
  }
}
