import { isObject } from './json';
import { record, UnreadableInput } from './template';

/** Represents a part of a document with its path, so that errors contain the path. */
export class DocumentPart {
  private readonly data: Record<string, unknown>;

  constructor(
    private readonly file: string,
    private readonly kind: string,
    private readonly path: string,
    data: unknown,
  ) {
    if (!isObject(data)) throw this.problem('it must be an object');
    this.data = data;
  }

  public problem(message: string): UnreadableInput {
    return new UnreadableInput(
      `${this.file} is not a valid ${this.kind}: ${this.path}${message}; run 'cdk synth' again`,
    );
  }

  public part(key: string): DocumentPart {
    return new DocumentPart(this.file, this.kind, `${this.path}${key}: `, this.data[key]);
  }

  /** Returns the parts under a key, or none if the key is absent. */
  public parts(key: string): Array<[string, DocumentPart]> {
    if (this.data[key] === undefined) return [];
    const { data, path } = this.part(key);
    return Object.entries(data).map(([name, value]) => [
      name,
      new DocumentPart(this.file, this.kind, `${path}${name}: `, value),
    ]);
  }

  public text(key: string): string {
    const value = this.optionalText(key);
    if (value === undefined) throw this.problem(`${key} is required`);
    return value;
  }

  public optionalText(key: string): string | undefined {
    const value = this.data[key];
    if (value !== undefined && typeof value !== 'string') throw this.problem(`${key} must be a string`);
    return value;
  }

  public texts(key: string): Record<string, string> {
    if (this.data[key] === undefined) return record();
    const part = this.part(key);
    return record(Object.keys(part.data).map((name) => [name, part.text(name)]));
  }
}
