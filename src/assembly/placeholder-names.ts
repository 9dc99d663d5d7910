import { GENERATED_START } from './physical-names';
import { referenceOf } from './references';
import type { StackScope } from './scope';

/** Exceeds the length of all names. Longer words are not searched. */
const MAX_WORD_LENGTH = 1000;

interface Owner {
  readonly stack: StackScope;
  readonly logicalId: string;
}

/** Describes a word that contains generated characters but is not the name of a resource. */
interface GeneratedWord extends Owner {
  /** The word with a mark in the place of the generated characters. */
  readonly pattern: string;
}

/** Represents generated characters in the pattern of a word. */
const GENERATED = '\ue012';
const MARKED_WORD = /[\w.+=@\ue010\ue011-]*\ue010[\w.+=@\ue010\ue011-]*/g;
const MARKED_PART = /\ue010[^\ue011]*\ue011/g;
const MARKS = /[\ue010\ue011]/g;

/**
 * Collects the generated placeholder names, and the other generated parts of identifiers. The deployed resources have
 * other names and identifiers, so neither messages nor templates may contain a generated one.
 */
export class PlaceholderNames {
  private readonly owners = new Map<string, Owner>();
  private readonly words = new Map<string, GeneratedWord>();

  public add(name: string, owner: Owner) {
    this.owners.set(name, owner);
  }

  /** Registers the marked parts of a value, and returns the value without the marks. */
  public addGenerated(marked: string, { stack, logicalId }: Owner): string {
    if (!marked.includes(GENERATED_START)) return marked;
    for (const [word] of marked.matchAll(MARKED_WORD)) {
      const pattern = word.replace(MARKED_PART, GENERATED);
      this.words.set(word.replace(MARKS, ''), { stack, logicalId, pattern });
    }
    return marked.replace(MARKS, '');
  }

  public has(name: string): boolean {
    return this.owners.has(name);
  }

  /** Replaces each placeholder in a message by `${LogicalId}`. */
  public show(text: string): string {
    return this.replace(text, {
      name: ({ logicalId }) => `\${${logicalId}}`,
      generated: ({ logicalId }) => `\${${logicalId}}`,
    });
  }

  /**
   * Replaces each placeholder by a reference for `Fn::Sub` in a stack, or by a description if it is of another stack.
   * Generated characters that no reference returns become a wildcard.
   */
  public toReferences(text: string, from: StackScope | undefined): string {
    return this.replace(this.withWholeReferences(text, from), {
      name: ({ stack, logicalId }) => {
        if (stack !== from) return `<name of ${logicalId} in stack ${stack.displayName}>`;
        return nameReference(stack, logicalId) ?? '*';
      },
      generated: () => '*',
    });
  }

  /** Replaces values that a reference returns as a whole, e.g. the ARN of a connection. */
  private withWholeReferences(text: string, from: StackScope | undefined): string {
    const owners = wordsIn(text).flatMap((word) => {
      const owner = this.words.get(word) ?? this.ownerOf(word)?.owner;
      return owner !== undefined && owner.stack === from ? [owner] : [];
    });
    const references = owners
      .flatMap(({ stack, logicalId }) => stack.referencesTo(logicalId))
      .filter(([value]) => value.startsWith('arn:') && this.isGenerated(value, from))
      .sort(([a], [b]) => b.length - a.length);
    return references.reduce((replaced, [value, expression]) => replaced.split(value).join(expression), text);
  }

  /** Returns whether a value contains characters for which only the value as a whole has a reference. */
  private isGenerated(value: string, from: StackScope | undefined) {
    return wordsIn(value).some((word) => {
      if (this.words.has(word)) return true;
      const owner = this.ownerOf(word)?.owner;
      return owner !== undefined && owner.stack === from && nameReference(owner.stack, owner.logicalId) === undefined;
    });
  }

  private replace(text: string, replacements: Record<'name' | 'generated', (owner: Owner) => string>): string {
    const replaceName = (word: string): string => {
      const found = this.ownerOf(word);
      if (found === undefined) return word;
      return replacements.name(found.owner) + word.slice(found.end);
    };

    return text.replace(WORD, (word) => {
      const generated = this.words.get(word);
      if (generated === undefined) return replaceName(word);
      const [before, ...after] = generated.pattern.split(GENERATED);
      return [replaceName(before.replace(/-$/, '')) + (/-$/.exec(before)?.[0] ?? ''), ...after].join(
        replacements.generated(generated),
      );
    });
  }

  /** Returns the resource whose name is a word, or starts a word, such as that of a report group. */
  private ownerOf(word: string): { readonly owner: Owner; readonly end: number } | undefined {
    if (word.length > MAX_WORD_LENGTH) return undefined;
    for (let end = word.length; end > 0; end = word.lastIndexOf('-', end - 1)) {
      const owner = this.owners.get(word.slice(0, end));
      if (owner) return { owner, end };
    }
    return undefined;
  }
}

const WORD = /[\w.+=@-]+/g;

function wordsIn(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** Returns the expression for `Fn::Sub` that returns the name of a resource, if there is one. */
function nameReference(stack: StackScope, logicalId: string): string | undefined {
  const { ref = '{name}', attributes = {} } = referenceOf(stack.template.Resources![logicalId].Type) ?? {};
  if (ref === '{name}') return `\${${logicalId}}`;
  const attribute = Object.keys(attributes).find((name) => attributes[name] === '{name}');
  if (attribute === undefined) return undefined;
  return `\${${logicalId}.${attribute}}`;
}
