import type { aws_ecr as ecr } from 'aws-cdk-lib';

/** What a {@link ServiceImage} is made of. */
export interface ServiceImageProps {
  /** The repository that the pipeline pushes to: tasks may pull from it. */
  readonly repository: ecr.IRepository;

  /**
   * The image that tasks run until the first release. It must answer the health check of the service, on its port.
   *
   * @default 'public.ecr.aws/nginx/nginx:stable', which answers `/` on port 80 with 200 and any other path with 404
   */
  readonly placeholder?: string;

  /**
   * Name of the parameter that says which image is live: letters, digits, `_`, `.`, `-` and `/`. Must be concrete. Another name is
   * another parameter, which says the
   * placeholder again.
   *
   * @default - made from the name of the stack and the path of the construct
   */
  readonly parameterName?: string;
}
