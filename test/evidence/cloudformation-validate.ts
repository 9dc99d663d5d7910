/** The part of CloudFormation Validate that the comparison uses. The package is a dependency of aws-cdk-lib only. */
export declare class CompositeEngine {
  public validateTemplate(template: TemplateContent): {
    readonly diagnostics: ReadonlyArray<{
      readonly severity: string;
      readonly ruleId: string;
      readonly message: string;
    }>;
  };
  public free(): void;
}

/** A template in memory. */
export declare class TemplateContent {
  constructor(content: string, name?: string);
}
