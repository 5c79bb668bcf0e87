namespace MmapAnalyzers.Runtime.Vm;

/// <summary>What is to be done with the part of an area that lies in a range.</summary>
internal delegate Errno RangeStep<in TArguments>(VmArea area, ulong start, ulong end, TArguments arguments);

/// <summary>Goes through the areas of a range without holes, as <c>mprotect</c> and <c>mlock</c> do, and joins afterwards what has become alike.</summary>
internal static class RangeWalk
{
    /// <summary>Does a step for every area; what was done before an error stays.</summary>
    /// <returns>Success; the error of a step; or <paramref name="hole"/> where nothing is mapped.</returns>
    public static Errno Run<TArguments>(VmSystem vm, AddressSpace space, ulong start, ulong end, Errno hole, TArguments arguments, RangeStep<TArguments> step)
    {
        VmArea? area = space.Tree.Find(start);
        if (area is null || area.Low > start)
            return hole;
        Errno error = Errno.None;
        for (ulong at = start; error == Errno.None && at < end;)
        {
            if (area is null || area.Low > at)
            {
                error = hole;
                break;
            }

            ulong stop = Math.Min(end, area.High);
            VmArea? next = space.Tree.Next(area);
            error = step(area, at, stop, arguments);
            (at, area) = (stop, next);
        }

        vm.Mapper.Merge(space, start, end);
        return error;
    }
}
