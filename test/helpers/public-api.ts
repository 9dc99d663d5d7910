import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/**
 * The names that users write: properties of exported interfaces, static methods of exported classes, and parameters of
 * those and of constructors.
 */
export interface PublicApi {
  /** Properties of each interface, also the inherited ones. */
  readonly properties: ReadonlyMap<string, ReadonlySet<string>>;
  /** Types of the properties of each interface as text, also of the inherited ones. */
  readonly types: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Names of all properties, parameters and static methods. */
  readonly names: ReadonlySet<string>;
  /** Static methods that take something, as `Class.method`. */
  readonly factories: ReadonlySet<string>;
  /** Types of the parameters of those and of constructors (as `Class`), as text. */
  readonly parameters: ReadonlyMap<string, ReadonlyArray<readonly [name: string, type: string]>>;
  /** Those of properties and parameters whose keys the user chooses, such as environment variables. */
  readonly records: ReadonlySet<string>;
}

const SRC = join(__dirname, '../../src');

/** Reads the public API from the sources, since the manifest of jsii may be older than they are. */
export function readPublicApi(): PublicApi {
  const own = new Map<string, Map<string, string>>();
  const bases = new Map<string, string[]>();
  const names = new Set<string>();
  const records = new Set<string>();
  const factories = new Set<string>();
  const parameters = new Map<string, ReadonlyArray<readonly [string, string]>>();

  function add({ name, type }: ts.PropertySignature | ts.ParameterDeclaration) {
    const text = name.getText();
    names.add(text);
    if (type && ts.isTypeLiteralNode(type) && type.members.some(ts.isIndexSignatureDeclaration)) records.add(text);
    return text;
  }

  for (const statement of exportedFiles().flatMap((file) => [...parse(file).statements])) {
    if (ts.isInterfaceDeclaration(statement)) {
      const members = statement.members.filter(ts.isPropertySignature);
      own.set(statement.name.text, new Map(members.map((member) => [add(member), member.type?.getText() ?? ''])));
      bases.set(
        statement.name.text,
        (statement.heritageClauses ?? []).flatMap(({ types }) => types.map(({ expression }) => expression.getText())),
      );
    } else if (ts.isClassDeclaration(statement)) {
      for (const member of statement.members.filter(isPublic)) {
        const isFactory = ts.isMethodDeclaration(member) && hasModifier(member, ts.SyntaxKind.StaticKeyword);
        if (isFactory || ts.isConstructorDeclaration(member)) {
          const key = isFactory ? `${statement.name?.text}.${member.name.getText()}` : statement.name!.text;
          parameters.set(
            key,
            member.parameters.map((parameter) => [add(parameter), parameter.type?.getText() ?? 'string']),
          );
        }
        if (!isFactory) continue;
        names.add(member.name.getText());
        if (member.parameters.length > 0) factories.add(`${statement.name?.text}.${member.name.getText()}`);
      }
    }
  }

  function all(type: string): Array<[string, string]> {
    return [...(own.get(type) ?? []), ...(bases.get(type) ?? []).flatMap(all)];
  }

  const types = new Map([...own.keys()].map((type) => [type, new Map(all(type))]));
  const properties = new Map([...types].map(([type, members]) => [type, new Set(members.keys())]));
  return { properties, types, names, records, factories, parameters };
}

function hasModifier(member: ts.ClassElement, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(member) && (ts.getModifiers(member) ?? []).some((modifier) => modifier.kind === kind);
}

/** Returns whether users can call a member. Those that begin with `_` are internal. */
function isPublic(member: ts.ClassElement): boolean {
  return !hasModifier(member, ts.SyntaxKind.PrivateKeyword) && !member.name?.getText().startsWith('_');
}

function exportedFiles(): string[] {
  const index = join(SRC, 'index.ts');
  return parse(index)
    .statements.filter(ts.isExportDeclaration)
    .map(({ moduleSpecifier }) => `${join(dirname(index), (moduleSpecifier as ts.StringLiteral).text)}.ts`);
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
}
