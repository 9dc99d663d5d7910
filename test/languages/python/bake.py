from aws_cdk import App, Duration, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns
from cdk_pipeline_patterns import DeploymentEnvironment, Gate, Notification, PipelineSource, SuccessCondition, WebAppPipeline

app = App()
stack = Stack(app, "Shop")

failed_orders = cloudwatch.Alarm(
    stack,
    "FailedOrders",
    metric=cloudwatch.Metric(namespace="Shop", metric_name="FailedOrders", statistic="Sum", period=Duration.minutes(1)),
    threshold=5,
    evaluation_periods=3,
    datapoints_to_alarm=2,
    treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
)

on_call = sns.Topic(stack, "OnCall")
failed_orders.add_alarm_action(actions.SnsAction(on_call))

WebAppPipeline(
    stack,
    "Site",
    source=PipelineSource.git_hub("acme/shop", "main"),
    environments=[
        DeploymentEnvironment("staging"),
        DeploymentEnvironment(
            "production",
            on_success=SuccessCondition.roll_back_unless([Gate.alarms_healthy([failed_orders], wait_time=Duration.minutes(30))]),
        ),
    ],
    notifications=Notification.email(["release@example.com"]),
)

app.synth()
