import { referenceOf } from './references';
import type { StackScope } from './scope';

/** Exceeds the length of all names. Longer words are not searched. */
const MAX_WORD_LENGTH = 1000;

interface Owner {
  readonly stack: StackScope;
  readonly logicalId: string;
}

/**
 * Collects the generated placeholder names. The deployed resources have other names, so neither messages nor templates
 * may contain a placeholder.
 */
export class PlaceholderNames {
  private readonly owners = new Map<string, Owner>();

  public add(name: string, owner: Owner) {
    this.owners.set(name, owner);
  }

  public has(name: string): boolean {
    return this.owners.has(name);
  }

  /** Replaces each placeholder in a message by `${LogicalId}`. */
  public show(text: string): string {
    return this.replace(text, ({ logicalId }) => `\${${logicalId}}`);
  }

  /**
   * Replaces each placeholder by a reference for `Fn::Sub` in a stack, or by a description if it is of another stack.
   */
  public toReferences(text: string, from: StackScope | undefined): string {
    return this.replace(text, ({ stack, logicalId }) => {
      if (stack !== from) return `<name of ${logicalId} in stack ${stack.displayName}>`;
      const { ref = '{name}', attributes = {} } = referenceOf(stack.template.Resources![logicalId].Type) ?? {};
      const attribute = Object.keys(attributes).find((name) => attributes[name] === '{name}');
      if (ref === '{name}' || attribute === undefined) return `\${${logicalId}}`;
      return `\${${logicalId}.${attribute}}`;
    });
  }

  private replace(text: string, replacementOf: (owner: Owner) => string): string {
    // A name can be the prefix of another one, such as that of a report group, so the longest match is searched first.
    return text.replace(/[\w.+=@-]+/g, (word) => {
      if (word.length > MAX_WORD_LENGTH) return word;
      for (let end = word.length; end > 0; end = word.lastIndexOf('-', end - 1)) {
        const owner = this.owners.get(word.slice(0, end));
        if (owner) return replacementOf(owner) + word.slice(end);
      }
      return word;
    });
  }
}
