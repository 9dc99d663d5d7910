// The validator costs 1.5 s in every test file; test/compliance/strict-validation.test.ts runs it for all.
process.env.CDK_VALIDATION ??= 'false';

// What the newest aws-cdk-lib deprecates must not be used, or users see warnings that they can do nothing about.
process.env.JSII_DEPRECATED ??= 'fail';

// Every construct would note where it was created, in stack traces that jest maps to the sources: a tenth of the time
// of synthesis.
process.env.CDK_CONTEXT_JSON ??= JSON.stringify({
  'aws:cdk:disable-stack-trace': true,
  'aws:cdk:disable-creation-stack-traces': true,
});
