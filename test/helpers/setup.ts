// The validator costs 1.5 s in every test file; test/validation runs it for all.
process.env.CDK_VALIDATION ??= 'false';

// What the newest aws-cdk-lib deprecates must not be used, or users see warnings that they can do nothing about.
process.env.JSII_DEPRECATED ??= 'fail';
