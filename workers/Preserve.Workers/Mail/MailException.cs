namespace Preserve.Workers.Mail;

/// <summary>A message was not taken by the mail server; its words say by whom and why, without the password.</summary>
public sealed class MailException(string message, Exception cause) : Exception(message, cause);
