// Points every require of aws-cdk-lib, also those inside other packages, at the newest version, as jest.newest.json
// does for tests. Load it with `node -r`.
const Module = require('module');

const ALIASES = [
  [/^aws-cdk-lib(?=$|\/)/, 'aws-cdk-lib-newest'],
  [/^@aws-cdk\/cloud-assembly-schema(?=$|\/)/, 'cloud-assembly-schema-newest'],
];

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const name = ALIASES.reduce((text, [pattern, alias]) => text.replace(pattern, alias), request);
  return resolve.call(this, name, ...rest);
};
