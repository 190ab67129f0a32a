// Prints each difference once, with the settings under which it occurs.

/** Collects differences that occur under several settings. */
export class Report {
  #found = new Map();

  add(setting, differences) {
    for (const difference of differences) {
      const key = JSON.stringify(difference);
      const entry = this.#found.get(key) ?? { ...difference, settings: [] };
      entry.settings.push(setting);
      this.#found.set(key, entry);
    }
  }

  /** How many differences there are. */
  get size() {
    return this.#found.size;
  }

  print() {
    let last;
    for (const entry of [...this.#found.values()].sort(byObject)) {
      if (entry.object !== last) console.log(`\n${entry.object}`);
      printDifference(entry);
      last = entry.object;
    }
  }
}

function byObject(a, b) {
  return a.object < b.object ? -1 : Number(a.object > b.object);
}

function printDifference({ path, ours, theirs, settings }) {
  const [first] = settings;
  const others = settings.length > 1 ? `, and ${settings.length - 1} more` : '';
  console.log(`  ${path || '(the whole object)'}    [${first}${others}]`);
  console.log(`    - ${shown(ours)}`);
  console.log(`    + ${shown(theirs)}`);
}

function shown(value) {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
