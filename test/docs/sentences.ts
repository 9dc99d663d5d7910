import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** Accounts of resources in rules. */
const ACCOUNT = /\d{12}/g;

const ROOT = join(__dirname, '../..');

/** Files with sentences of errors as literals, by sentence. */
export type Sentences = ReadonlyMap<string, ReadonlySet<string>>;

/** A rule that a test refers to by the name of its constant or function. */
export interface RuleReference {
  readonly place: string;
  readonly sentence: string;
}

export function filesIn(folder: 'src' | 'test'): string[] {
  return ts.sys
    .readDirectory(join(ROOT, folder), ['.ts'], ['**/fixtures/**', '**/apps/**'], undefined)
    .map((file) => relative(ROOT, file));
}

export function parse(file: string, content: string = readFileSync(join(ROOT, file), 'utf8')): ts.SourceFile {
  return ts.createSourceFile(file, content, ts.ScriptTarget.Latest, true);
}

/** Returns the text of a literal, a template or a chain of these, with `*` for each value in it. */
export function textOf(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node)) return textOf(node.expression);
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `*${literal.text}`).join('');
  }
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

/** Returns the rules of the errors in a test: what follows `must` in a string, up to the value. */
export function rulesInTest(module: ts.SourceFile): string[] {
  const rules: string[] = [];

  function visit(node: ts.Node): void {
    const text = ts.isExpression(node) ? textOf(node) : undefined;
    if (text === undefined) return ts.forEachChild(node, visit);
    const [, rule] = /(?:^|['*\]] )must (.*?)(?:, got|;|$)/s.exec(text) ?? [];
    if (rule !== undefined) rules.push(rule.replace(ACCOUNT, '#'));
  }

  visit(module);
  return rules;
}

/** Returns the rules that a module of the sources has as literals. */
export function rulesInSource(module: ts.SourceFile): string[] {
  const rules: string[] = [];

  function add(node: ts.Expression | undefined): void {
    if (node === undefined) return;
    if (ts.isConditionalExpression(node)) {
      add(node.whenTrue);
      add(node.whenFalse);
      return;
    }
    const rule = textOf(node);
    if (rule !== undefined) rules.push(rule);
  }

  function visit(node: ts.Node): void {
    if (ts.isCallExpression(node) && Object.hasOwn(RULE_ARGUMENTS, calleeOf(node))) {
      RULE_ARGUMENTS[calleeOf(node)](node.arguments).forEach(add);
    }
    if (ts.isPropertyAssignment(node) && node.name.getText(module) === 'must') add(node.initializer);
    if (ts.isVariableDeclaration(node) && /^(must|rule|[A-Z_]+)$/.test(node.name.getText(module))) {
      add(node.initializer);
    }
    if (ts.isReturnStatement(node)) add(node.expression);
    ts.forEachChild(node, visit);
  }

  visit(module);
  return rules;
}

type Arguments = ts.NodeArray<ts.Expression>;

/** Arguments that contain a rule, by the name of the function. */
const RULE_ARGUMENTS: Readonly<Record<string, (args: Arguments) => ts.Expression[]>> = {
  add: (args) => (args.length === 3 ? [args[0]] : []),
  problem: (args) => args.slice(1, 2),
  resourceWith: (args) => args.slice(1, 2),
  textType: (args) => args.slice(1, 2),
  typeOf: (args) => args.slice(0, 1),
  required: (args) => args.slice(0, 1),
  eachRequired: (args) => args.slice(0, 1),
};

function calleeOf({ expression }: ts.CallExpression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

/** Returns whether a text has at least three words besides its values. Shorter ones are parts of sentences. */
export function isSentence(text: string): boolean {
  return text.split(/\s+/).filter((word) => /[A-Za-z]/.test(word)).length >= 3;
}

/** Returns the sentences of several modules, with the files that contain them. */
export function sentencesIn(
  modules: readonly ts.SourceFile[],
  rulesIn: (module: ts.SourceFile) => string[],
): Sentences {
  const sentences = new Map<string, Set<string>>();
  for (const module of modules) {
    for (const rule of rulesIn(module)) {
      sentences.set(rule, (sentences.get(rule) ?? new Set()).add(module.fileName));
    }
  }
  return sentences;
}

/** Returns the rules that follow `must` in the templates of a test and come from the sources. */
export function ruleReferencesIn(module: ts.SourceFile): RuleReference[] {
  const imported = importsOf(module);
  const references: RuleReference[] = [];

  function visit(node: ts.Node): void {
    ts.forEachChild(node, visit);
    if (!ts.isTemplateExpression(node)) return;
    const before = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
    for (const [i, { expression }] of node.templateSpans.entries()) {
      const must = /(?:^|[^a-z])must (be )?$/.exec(before[i]);
      const rule = must && valueOf(expression, imported);
      if (!rule) continue;
      const { line } = module.getLineAndCharacterOfPosition(expression.getStart(module));
      references.push({
        place: `${module.fileName}:${line + 1}`,
        sentence: `${must[1] ?? ''}${rule.replace(ACCOUNT, '#')}`,
      });
    }
  }

  visit(module);
  return references;
}

/** Returns the modules of the sources that a test imports, by the imported names. */
function importsOf(module: ts.SourceFile): ReadonlyMap<string, string> {
  const imports = new Map<string, string>();
  for (const statement of module.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const path = resolve(ROOT, dirname(module.fileName), statement.moduleSpecifier.text);
    const bindings = statement.importClause?.namedBindings;
    if (!path.startsWith(join(ROOT, 'src')) || bindings === undefined || !ts.isNamedImports(bindings)) continue;
    for (const { name } of bindings.elements) imports.set(name.text, path);
  }
  return imports;
}

/** Returns the value of an expression of imported names and literals, or undefined if it has other names. */
function valueOf(expression: ts.Expression, imported: ReadonlyMap<string, string>): string | undefined {
  const code = expression.getText();
  const names = [...imported.keys()].filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  if (names.length === 0) return undefined;
  const values = names.map((name) => jest.requireActual<Record<string, unknown>>(imported.get(name)!)[name]);
  try {
    // The code is that of a test in this repository.
    const evaluate = new Function(...names, `return ${code}`) as (...args: unknown[]) => unknown;
    return String(evaluate(...values));
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}
