namespace Tour.Sources;

/// <summary>What was asked for cannot be done with what was given; the message is for the user.</summary>
internal sealed class InputException(string message) : Exception(message);
