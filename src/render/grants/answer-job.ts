/**
 * Allows the role of a function to report the result of a job to the pipeline. Jobs have no resource level.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
 */
export const ANSWER_JOB = {
  actions: ['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'],
  resources: ['*'],
};
