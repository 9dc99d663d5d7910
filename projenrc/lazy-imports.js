// Rewrites the imports of a compiled module, so that a module that it imports is evaluated on first use, as aws-cdk-lib
// does in its own build. `const plan_1 = require("./plan")` becomes `const plan_1 = lazy("targets/plan")`, which is a
// function, and each use of `plan_1` becomes `plan_1()`. Comments are removed, since they take time to load.
const ts = require('typescript');

const { factory } = ts;

/** Returns the imported name and its module if a statement is an import. */
function importOf(statement) {
  if (!ts.isVariableStatement(statement)) return undefined;
  const [{ name, initializer }, ...others] = statement.declarationList.declarations;
  const isRequire = initializer && ts.isCallExpression(initializer) && initializer.expression.getText() === 'require';
  if (!isRequire || others.length > 0 || !ts.isIdentifier(name)) return undefined;
  return { name: name.text, request: initializer.arguments[0].text };
}

/** Returns the requests of the imports of a module. Fails if there is a `require` of another form. */
function requestsOf(code) {
  const { statements } = ts.createSourceFile('module.js', code, ts.ScriptTarget.ES2022, true);
  const requests = statements.flatMap((statement) => importOf(statement)?.request ?? []);
  const all = code.match(/\brequire\(/g) ?? [];
  if (all.length !== requests.length) throw new Error('a module has a require that is not an import at its top');
  return requests;
}

/**
 * Returns the code of a module with lazy imports, in ASCII, which Node.js reads faster.
 *
 * @param nameOf returns the name under which `lazy` finds the module of a request
 */
function withLazyImports(code, nameOf) {
  const source = ts.createSourceFile('module.js', code, ts.ScriptTarget.ES2022, true);
  const names = new Set(source.statements.flatMap((statement) => importOf(statement)?.name ?? []));

  function transform(context) {
    function visit(node) {
      const imported = ts.isVariableStatement(node) && node.parent === source ? importOf(node) : undefined;
      if (imported) return declarationOf(imported.name, nameOf(imported.request));
      const isProperty = ts.isPropertyAccessExpression(node.parent ?? node) && node.parent.name === node;
      if (ts.isIdentifier(node) && names.has(node.text) && !isProperty) {
        return factory.createCallExpression(factory.createIdentifier(node.text), undefined, []);
      }
      return ts.visitEachChild(node, visit, context);
    }
    return (file) => ts.visitEachChild(file, visit, context);
  }

  const { transformed } = ts.transform(source, [transform]);
  const text = ts.createPrinter({ removeComments: true }).printFile(transformed[0]);
  return text.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function declarationOf(name, module) {
  const call = factory.createCallExpression(factory.createIdentifier('lazy'), undefined, [
    factory.createStringLiteral(module),
  ]);
  const declaration = factory.createVariableDeclaration(name, undefined, undefined, call);
  return factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList([declaration], ts.NodeFlags.Const),
  );
}

module.exports = { requestsOf, withLazyImports };
