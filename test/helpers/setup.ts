// The validator costs 1.5 s in every test file; test/validation runs it for all.
process.env.CDK_VALIDATION ??= 'false';
