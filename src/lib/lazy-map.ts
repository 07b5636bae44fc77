/** A map whose values are made when they are first asked for. */
export class LazyMap<Value> implements ReadonlyMap<string, Value> {
  readonly #makers: ReadonlyMap<string, () => Value>;
  readonly #made = new Map<string, Value>();

  constructor(makers: ReadonlyMap<string, () => Value>) {
    this.#makers = makers;
  }

  get size(): number {
    return this.#makers.size;
  }

  has(key: string): boolean {
    return this.#makers.has(key);
  }

  get(key: string): Value | undefined {
    const make = this.#makers.get(key);
    if (make && !this.#made.has(key)) this.#made.set(key, make());
    return this.#made.get(key);
  }

  keys(): MapIterator<string> {
    return this.#makers.keys();
  }

  values(): MapIterator<Value> {
    return this.#all().values();
  }

  entries(): MapIterator<[string, Value]> {
    return this.#all().entries();
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }

  forEach(visit: (value: Value, key: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [key, value] of this) visit(value, key, this);
  }

  #all(): Map<string, Value> {
    return new Map([...this.#makers].map(([key, make]) => [key, this.get(key) ?? make()]));
  }
}
