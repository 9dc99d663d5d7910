import { referenceOf } from './references';
import type { StackScope } from './scope';

/** No name is that long, and nothing longer is looked for in it. */
const LONGEST_WORD = 1000;

interface Owner {
  readonly stack: StackScope;
  readonly logicalId: string;
}

/** The names that were made up here: nobody will ever see them, so no text for people or templates may hold one. */
export class PlaceholderNames {
  private readonly owners = new Map<string, Owner>();

  public add(name: string, owner: Owner) {
    this.owners.set(name, owner);
  }

  public has(name: string): boolean {
    return this.owners.has(name);
  }

  /** A text for people, in which each such name reads `${LogicalId}`. */
  public show(text: string): string {
    return this.replace(text, ({ logicalId }) => `\${${logicalId}}`);
  }

  /**
   * A text for `Fn::Sub` in a stack, in which each such name is referred to. Those of other stacks are told in words.
   */
  public toReferences(text: string, from: StackScope | undefined): string {
    return this.replace(text, ({ stack, logicalId }) => {
      if (stack !== from) return `<name of ${logicalId} in stack ${stack.displayName}>`;
      const { ref = '{name}', attributes = {} } = referenceOf(stack.template.Resources![logicalId].Type) ?? {};
      const attribute = Object.keys(attributes).find((name) => attributes[name] === '{name}');
      return ref === '{name}' || attribute === undefined ? `\${${logicalId}}` : `\${${logicalId}.${attribute}}`;
    });
  }

  private replace(text: string, by: (owner: Owner) => string): string {
    // Names end at what no name holds; one that begins another, such as that of a report group, is looked for from its
    // end.
    return text.replace(/[\w.+=@-]+/g, (word) => {
      if (word.length > LONGEST_WORD) return word;
      for (let end = word.length; end > 0; end = word.lastIndexOf('-', end - 1)) {
        const owner = this.owners.get(word.slice(0, end));
        if (owner) return by(owner) + word.slice(end);
      }
      return word;
    });
  }
}
