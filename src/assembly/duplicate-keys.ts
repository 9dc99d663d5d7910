/** Describes a key that an object contains more than once. CloudFormation uses the last value. */
export interface DuplicateKey {
  readonly key: string;
  /** The lines of the key, in their order. */
  readonly lines: readonly number[];
}

/** Limits the duplicates that are listed for a file. */
export const MAX_DUPLICATES = 20;

/** Collects the keys of one object with their lines. */
export class KeyLines {
  private readonly lines = new Map<string, number[]>();

  public add(key: string, line: number) {
    const lines = this.lines.get(key);
    if (lines) lines.push(line);
    else this.lines.set(key, [line]);
  }

  public duplicates(): DuplicateKey[] {
    return [...this.lines].filter(([, lines]) => lines.length > 1).map(([key, lines]) => ({ key, lines }));
  }
}

/** Represents an object or a list that the scan is in. */
interface Level {
  /** Absent in a list. */
  readonly keys?: KeyLines;
  isKey: boolean;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:\n]/g;

/** Returns the duplicate keys of valid JSON. `JSON.parse` ignores them. */
export function duplicateKeysIn(json: string): DuplicateKey[] {
  const duplicates: DuplicateKey[] = [];
  const levels: Level[] = [];
  let line = 1;
  for (const [token] of json.matchAll(TOKEN)) {
    const level = levels.at(-1);
    switch (token) {
      case '\n':
        line++;
        break;
      case '{':
        levels.push({ keys: new KeyLines(), isKey: true });
        break;
      case '[':
        levels.push({ isKey: false });
        break;
      case '}':
      case ']':
        if (level?.keys && duplicates.length < MAX_DUPLICATES) duplicates.push(...level.keys.duplicates());
        levels.pop();
        break;
      case ',':
        if (level?.keys) level.isKey = true;
        break;
      case ':':
        break;
      default:
        if (level?.isKey) level.keys!.add(JSON.parse(token) as string, line);
        if (level) level.isKey = false;
    }
  }
  return duplicates.slice(0, MAX_DUPLICATES);
}
