namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>Who has a <see cref="Tlb"/> as a part of itself, for those who have it forget: a process.</summary>
internal interface ITlbHolder
{
    /// <inheritdoc cref="Tlb.Forget()"/>
    void ForgetTranslations();

    /// <summary>Forgets the page of one address; only the process's own thread may.</summary>
    void ForgetTranslation(ulong address);

    /// <inheritdoc cref="Tlb.WaitForStore"/>
    void WaitForStore();
}
