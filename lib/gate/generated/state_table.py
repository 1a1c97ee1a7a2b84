"""The keys that each class may carry and the kinds of value under each; see `states.py` for the letters.

Written by `python -m tools.gate_tables states` from what honest models hold and from the parameter
constraints that scikit-learn itself declares; then read.
"""

ESTIMATORS: frozenset[str] = frozenset(
    {
        "sklearn.calibration:CalibratedClassifierCV",
        "sklearn.cluster._affinity_propagation:AffinityPropagation",
        "sklearn.cluster._agglomerative:AgglomerativeClustering",
        "sklearn.cluster._agglomerative:FeatureAgglomeration",
        "sklearn.cluster._bicluster:SpectralBiclustering",
        "sklearn.cluster._bicluster:SpectralCoclustering",
        "sklearn.cluster._birch:Birch",
        "sklearn.cluster._bisect_k_means:BisectingKMeans",
        "sklearn.cluster._dbscan:DBSCAN",
        "sklearn.cluster._hdbscan.hdbscan:HDBSCAN",
        "sklearn.cluster._kmeans:KMeans",
        "sklearn.cluster._kmeans:MiniBatchKMeans",
        "sklearn.cluster._mean_shift:MeanShift",
        "sklearn.cluster._optics:OPTICS",
        "sklearn.cluster._spectral:SpectralClustering",
        "sklearn.compose._column_transformer:ColumnTransformer",
        "sklearn.compose._target:TransformedTargetRegressor",
        "sklearn.covariance._elliptic_envelope:EllipticEnvelope",
        "sklearn.covariance._empirical_covariance:EmpiricalCovariance",
        "sklearn.covariance._graph_lasso:GraphicalLasso",
        "sklearn.covariance._graph_lasso:GraphicalLassoCV",
        "sklearn.covariance._robust_covariance:MinCovDet",
        "sklearn.covariance._shrunk_covariance:LedoitWolf",
        "sklearn.covariance._shrunk_covariance:OAS",
        "sklearn.covariance._shrunk_covariance:ShrunkCovariance",
        "sklearn.cross_decomposition._pls:CCA",
        "sklearn.cross_decomposition._pls:PLSCanonical",
        "sklearn.cross_decomposition._pls:PLSRegression",
        "sklearn.cross_decomposition._pls:PLSSVD",
        "sklearn.decomposition._dict_learning:DictionaryLearning",
        "sklearn.decomposition._dict_learning:MiniBatchDictionaryLearning",
        "sklearn.decomposition._dict_learning:SparseCoder",
        "sklearn.decomposition._factor_analysis:FactorAnalysis",
        "sklearn.decomposition._fastica:FastICA",
        "sklearn.decomposition._incremental_pca:IncrementalPCA",
        "sklearn.decomposition._kernel_pca:KernelPCA",
        "sklearn.decomposition._lda:LatentDirichletAllocation",
        "sklearn.decomposition._nmf:MiniBatchNMF",
        "sklearn.decomposition._nmf:NMF",
        "sklearn.decomposition._pca:PCA",
        "sklearn.decomposition._sparse_pca:MiniBatchSparsePCA",
        "sklearn.decomposition._sparse_pca:SparsePCA",
        "sklearn.decomposition._truncated_svd:TruncatedSVD",
        "sklearn.discriminant_analysis:LinearDiscriminantAnalysis",
        "sklearn.discriminant_analysis:QuadraticDiscriminantAnalysis",
        "sklearn.dummy:DummyClassifier",
        "sklearn.dummy:DummyRegressor",
        "sklearn.ensemble._bagging:BaggingClassifier",
        "sklearn.ensemble._bagging:BaggingRegressor",
        "sklearn.ensemble._forest:ExtraTreesClassifier",
        "sklearn.ensemble._forest:ExtraTreesRegressor",
        "sklearn.ensemble._forest:RandomForestClassifier",
        "sklearn.ensemble._forest:RandomForestRegressor",
        "sklearn.ensemble._forest:RandomTreesEmbedding",
        "sklearn.ensemble._gb:GradientBoostingClassifier",
        "sklearn.ensemble._gb:GradientBoostingRegressor",
        "sklearn.ensemble._hist_gradient_boosting.gradient_boosting:HistGradientBoostingClassifier",
        "sklearn.ensemble._hist_gradient_boosting.gradient_boosting:HistGradientBoostingRegressor",
        "sklearn.ensemble._iforest:IsolationForest",
        "sklearn.ensemble._stacking:StackingClassifier",
        "sklearn.ensemble._stacking:StackingRegressor",
        "sklearn.ensemble._voting:VotingClassifier",
        "sklearn.ensemble._voting:VotingRegressor",
        "sklearn.ensemble._weight_boosting:AdaBoostClassifier",
        "sklearn.ensemble._weight_boosting:AdaBoostRegressor",
        "sklearn.feature_extraction._dict_vectorizer:DictVectorizer",
        "sklearn.feature_extraction._hash:FeatureHasher",
        "sklearn.feature_extraction.image:PatchExtractor",
        "sklearn.feature_extraction.text:CountVectorizer",
        "sklearn.feature_extraction.text:HashingVectorizer",
        "sklearn.feature_extraction.text:TfidfTransformer",
        "sklearn.feature_extraction.text:TfidfVectorizer",
        "sklearn.feature_selection._from_model:SelectFromModel",
        "sklearn.feature_selection._rfe:RFE",
        "sklearn.feature_selection._rfe:RFECV",
        "sklearn.feature_selection._sequential:SequentialFeatureSelector",
        "sklearn.feature_selection._univariate_selection:GenericUnivariateSelect",
        "sklearn.feature_selection._univariate_selection:SelectFdr",
        "sklearn.feature_selection._univariate_selection:SelectFpr",
        "sklearn.feature_selection._univariate_selection:SelectFwe",
        "sklearn.feature_selection._univariate_selection:SelectKBest",
        "sklearn.feature_selection._univariate_selection:SelectPercentile",
        "sklearn.feature_selection._variance_threshold:VarianceThreshold",
        "sklearn.frozen._frozen:FrozenEstimator",
        "sklearn.gaussian_process._gpc:GaussianProcessClassifier",
        "sklearn.gaussian_process._gpr:GaussianProcessRegressor",
        "sklearn.impute._base:MissingIndicator",
        "sklearn.impute._base:SimpleImputer",
        "sklearn.impute._iterative:IterativeImputer",
        "sklearn.impute._knn:KNNImputer",
        "sklearn.isotonic:IsotonicRegression",
        "sklearn.kernel_approximation:AdditiveChi2Sampler",
        "sklearn.kernel_approximation:Nystroem",
        "sklearn.kernel_approximation:PolynomialCountSketch",
        "sklearn.kernel_approximation:RBFSampler",
        "sklearn.kernel_approximation:SkewedChi2Sampler",
        "sklearn.kernel_ridge:KernelRidge",
        "sklearn.linear_model._base:LinearRegression",
        "sklearn.linear_model._bayes:ARDRegression",
        "sklearn.linear_model._bayes:BayesianRidge",
        "sklearn.linear_model._coordinate_descent:ElasticNet",
        "sklearn.linear_model._coordinate_descent:ElasticNetCV",
        "sklearn.linear_model._coordinate_descent:Lasso",
        "sklearn.linear_model._coordinate_descent:LassoCV",
        "sklearn.linear_model._coordinate_descent:MultiTaskElasticNet",
        "sklearn.linear_model._coordinate_descent:MultiTaskElasticNetCV",
        "sklearn.linear_model._coordinate_descent:MultiTaskLasso",
        "sklearn.linear_model._coordinate_descent:MultiTaskLassoCV",
        "sklearn.linear_model._glm.glm:GammaRegressor",
        "sklearn.linear_model._glm.glm:PoissonRegressor",
        "sklearn.linear_model._glm.glm:TweedieRegressor",
        "sklearn.linear_model._huber:HuberRegressor",
        "sklearn.linear_model._least_angle:Lars",
        "sklearn.linear_model._least_angle:LarsCV",
        "sklearn.linear_model._least_angle:LassoLars",
        "sklearn.linear_model._least_angle:LassoLarsCV",
        "sklearn.linear_model._least_angle:LassoLarsIC",
        "sklearn.linear_model._logistic:LogisticRegression",
        "sklearn.linear_model._logistic:LogisticRegressionCV",
        "sklearn.linear_model._omp:OrthogonalMatchingPursuit",
        "sklearn.linear_model._omp:OrthogonalMatchingPursuitCV",
        "sklearn.linear_model._passive_aggressive:PassiveAggressiveClassifier",
        "sklearn.linear_model._passive_aggressive:PassiveAggressiveRegressor",
        "sklearn.linear_model._perceptron:Perceptron",
        "sklearn.linear_model._quantile:QuantileRegressor",
        "sklearn.linear_model._ransac:RANSACRegressor",
        "sklearn.linear_model._ridge:Ridge",
        "sklearn.linear_model._ridge:RidgeCV",
        "sklearn.linear_model._ridge:RidgeClassifier",
        "sklearn.linear_model._ridge:RidgeClassifierCV",
        "sklearn.linear_model._stochastic_gradient:SGDClassifier",
        "sklearn.linear_model._stochastic_gradient:SGDOneClassSVM",
        "sklearn.linear_model._stochastic_gradient:SGDRegressor",
        "sklearn.linear_model._theil_sen:TheilSenRegressor",
        "sklearn.manifold._classical_mds:ClassicalMDS",
        "sklearn.manifold._isomap:Isomap",
        "sklearn.manifold._locally_linear:LocallyLinearEmbedding",
        "sklearn.manifold._mds:MDS",
        "sklearn.manifold._spectral_embedding:SpectralEmbedding",
        "sklearn.manifold._t_sne:TSNE",
        "sklearn.mixture._bayesian_mixture:BayesianGaussianMixture",
        "sklearn.mixture._gaussian_mixture:GaussianMixture",
        "sklearn.model_selection._classification_threshold:FixedThresholdClassifier",
        "sklearn.model_selection._classification_threshold:TunedThresholdClassifierCV",
        "sklearn.model_selection._search:GridSearchCV",
        "sklearn.model_selection._search:RandomizedSearchCV",
        "sklearn.model_selection._search_successive_halving:HalvingGridSearchCV",
        "sklearn.model_selection._search_successive_halving:HalvingRandomSearchCV",
        "sklearn.multiclass:OneVsOneClassifier",
        "sklearn.multiclass:OneVsRestClassifier",
        "sklearn.multiclass:OutputCodeClassifier",
        "sklearn.multioutput:ClassifierChain",
        "sklearn.multioutput:MultiOutputClassifier",
        "sklearn.multioutput:MultiOutputRegressor",
        "sklearn.multioutput:RegressorChain",
        "sklearn.naive_bayes:BernoulliNB",
        "sklearn.naive_bayes:CategoricalNB",
        "sklearn.naive_bayes:ComplementNB",
        "sklearn.naive_bayes:GaussianNB",
        "sklearn.naive_bayes:MultinomialNB",
        "sklearn.neighbors._classification:KNeighborsClassifier",
        "sklearn.neighbors._classification:RadiusNeighborsClassifier",
        "sklearn.neighbors._graph:KNeighborsTransformer",
        "sklearn.neighbors._graph:RadiusNeighborsTransformer",
        "sklearn.neighbors._kde:KernelDensity",
        "sklearn.neighbors._lof:LocalOutlierFactor",
        "sklearn.neighbors._nca:NeighborhoodComponentsAnalysis",
        "sklearn.neighbors._nearest_centroid:NearestCentroid",
        "sklearn.neighbors._regression:KNeighborsRegressor",
        "sklearn.neighbors._regression:RadiusNeighborsRegressor",
        "sklearn.neighbors._unsupervised:NearestNeighbors",
        "sklearn.neural_network._multilayer_perceptron:MLPClassifier",
        "sklearn.neural_network._multilayer_perceptron:MLPRegressor",
        "sklearn.neural_network._rbm:BernoulliRBM",
        "sklearn.pipeline:FeatureUnion",
        "sklearn.pipeline:Pipeline",
        "sklearn.preprocessing._data:Binarizer",
        "sklearn.preprocessing._data:KernelCenterer",
        "sklearn.preprocessing._data:MaxAbsScaler",
        "sklearn.preprocessing._data:MinMaxScaler",
        "sklearn.preprocessing._data:Normalizer",
        "sklearn.preprocessing._data:PowerTransformer",
        "sklearn.preprocessing._data:QuantileTransformer",
        "sklearn.preprocessing._data:RobustScaler",
        "sklearn.preprocessing._data:StandardScaler",
        "sklearn.preprocessing._discretization:KBinsDiscretizer",
        "sklearn.preprocessing._encoders:OneHotEncoder",
        "sklearn.preprocessing._encoders:OrdinalEncoder",
        "sklearn.preprocessing._function_transformer:FunctionTransformer",
        "sklearn.preprocessing._label:LabelBinarizer",
        "sklearn.preprocessing._label:LabelEncoder",
        "sklearn.preprocessing._label:MultiLabelBinarizer",
        "sklearn.preprocessing._polynomial:PolynomialFeatures",
        "sklearn.preprocessing._polynomial:SplineTransformer",
        "sklearn.preprocessing._target_encoder:TargetEncoder",
        "sklearn.random_projection:GaussianRandomProjection",
        "sklearn.random_projection:SparseRandomProjection",
        "sklearn.semi_supervised._label_propagation:LabelPropagation",
        "sklearn.semi_supervised._label_propagation:LabelSpreading",
        "sklearn.semi_supervised._self_training:SelfTrainingClassifier",
        "sklearn.svm._classes:LinearSVC",
        "sklearn.svm._classes:LinearSVR",
        "sklearn.svm._classes:NuSVC",
        "sklearn.svm._classes:NuSVR",
        "sklearn.svm._classes:OneClassSVM",
        "sklearn.svm._classes:SVC",
        "sklearn.svm._classes:SVR",
        "sklearn.tree._classes:DecisionTreeClassifier",
        "sklearn.tree._classes:DecisionTreeRegressor",
        "sklearn.tree._classes:ExtraTreeClassifier",
        "sklearn.tree._classes:ExtraTreeRegressor",
    }
)
"""Every model, transformer and search of scikit-learn."""

STATES: dict[str, str] = {
    "builtins:getattr": "",
    "numpy.random._pickle:__generator_ctor": "",
    "numpy.random._pickle:__randomstate_ctor": """
bit_generator=S gauss=N has_gauss=N state=A,D,N
""",
    "numpy:vectorize": """
__doc__=N __name__=S _doc=N _in_and_out_core_dims=N _ufunc=D cache=N excluded=Z otypes=N pyfunc=@builtins:getattr
signature=N
""",
    "pandas.arrays:ArrowStringArray": """
_cache=D _dtype=@pandas:StringDtype _pa_array=L,N,S _readonly=N
""",
    "pandas.core.indexes.base:_new_Index": "",
    "pandas:StringDtype": "",
    "scipy.interpolate._bsplines:BSpline": """
_asarray=@scipy._lib.array_api_compat.numpy._aliases:asarray _c=A _t=A axis=N c=A extrapolate=N k=N t=A
""",
    "scipy.sparse._csr:csr_matrix": """
_has_canonical_format=N _has_sorted_indices=N _shape=L,N data=A indices=A indptr=A maxprint=N
""",
    "scipy.stats._continuous_distns:alpha_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:anglit_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:arcsine_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:argus_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:beta_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:betaprime_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:bradford_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:burr12_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:burr_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:cauchy_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:chi2_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:chi_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:cosine_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:crystalball_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:dgamma_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:dpareto_lognorm_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:dweibull_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:erlang_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:expon_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:exponnorm_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:exponpow_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:exponweib_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:f_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:fatiguelife_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:fisk_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:foldcauchy_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:foldnorm_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:gamma_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:gausshyper_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:genexpon_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:genextreme_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:gengamma_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:genhalflogistic_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:genhyperbolic_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:geninvgauss_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:genlogistic_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:gennorm_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:genpareto_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:gibrat_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:gompertz_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:gumbel_l_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:gumbel_r_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:halfcauchy_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:halfgennorm_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:halflogistic_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:halfnorm_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:hypsecant_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:invgamma_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:invgauss_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:invweibull_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:irwinhall_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:jf_skew_t_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:johnsonsb_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:johnsonsu_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:kappa3_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:kappa4_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:ksone_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:kstwo_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:kstwobign_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:landau_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:laplace_asymmetric_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:laplace_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:levy_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:levy_l_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:loggamma_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:logistic_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:loglaplace_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:lognorm_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:lomax_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:maxwell_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:mielke_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:moyal_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:nakagami_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:ncf_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:nct_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:ncx2_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:norm_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:norminvgauss_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:pareto_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:pearson3_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:powerlaw_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:powerlognorm_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:powernorm_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:rayleigh_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:rdist_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:recipinvgauss_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:reciprocal_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:rel_breitwigner_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:rice_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:semicircular_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:skewcauchy_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:skewnorm_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:studentized_range_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:t_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:trapezoid_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:triang_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:truncexpon_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:truncnorm_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:truncpareto_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:truncweibull_min_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:tukeylambda_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:uniform_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:vonmises_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:wald_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=N xtol=N
""",
    "scipy.stats._continuous_distns:weibull_max_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:weibull_min_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._continuous_distns:wrapcauchy_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N
moment_type=N name=S numargs=N shapes=S xtol=N
""",
    "scipy.stats._discrete_distns:bernoulli_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:betabinom_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:betanbinom_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:binom_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:boltzmann_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:dlaplace_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:geom_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:hypergeom_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:logser_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:nbinom_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:nchypergeom_fisher_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:nchypergeom_wallenius_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:nhypergeom_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:planck_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:poisson_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:randint_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:skellam_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:yulesimon_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:zipf_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._discrete_distns:zipfian_gen": """
__doc__=S _ctor_param=D,N,S _parse_arg_template=S _random_state=N,X _stats_has_moments=N a=N b=N badvalue=N inc=N
moment_tol=N name=S numargs=N shapes=S vecentropy=@numpy:vectorize
""",
    "scipy.stats._distn_infrastructure:rv_continuous_frozen": """
a=A,N args=L,N b=A,N
dist=@scipy.stats._continuous_distns:alpha_gen,@scipy.stats._continuous_distns:anglit_gen,@scipy.stats._continuous_distns:arcsine_gen,@scipy.stats._continuous_distns:argus_gen,@scipy.stats._continuous_distns:beta_gen,@scipy.stats._continuous_distns:betaprime_gen,@scipy.stats._continuous_distns:bradford_gen,@scipy.stats._continuous_distns:burr12_gen,@scipy.stats._continuous_distns:burr_gen,@scipy.stats._continuous_distns:cauchy_gen,@scipy.stats._continuous_distns:chi2_gen,@scipy.stats._continuous_distns:chi_gen,@scipy.stats._continuous_distns:cosine_gen,@scipy.stats._continuous_distns:crystalball_gen,@scipy.stats._continuous_distns:dgamma_gen,@scipy.stats._continuous_distns:dpareto_lognorm_gen,@scipy.stats._continuous_distns:dweibull_gen,@scipy.stats._continuous_distns:erlang_gen,@scipy.stats._continuous_distns:expon_gen,@scipy.stats._continuous_distns:exponnorm_gen,@scipy.stats._continuous_distns:exponpow_gen,@scipy.stats._continuous_distns:exponweib_gen,@scipy.stats._continuous_distns:f_gen,@scipy.stats._continuous_distns:fatiguelife_gen,@scipy.stats._continuous_distns:fisk_gen,@scipy.stats._continuous_distns:foldcauchy_gen,@scipy.stats._continuous_distns:foldnorm_gen,@scipy.stats._continuous_distns:gamma_gen,@scipy.stats._continuous_distns:gausshyper_gen,@scipy.stats._continuous_distns:genexpon_gen,@scipy.stats._continuous_distns:genextreme_gen,@scipy.stats._continuous_distns:gengamma_gen,@scipy.stats._continuous_distns:genhalflogistic_gen,@scipy.stats._continuous_distns:genhyperbolic_gen,@scipy.stats._continuous_distns:geninvgauss_gen,@scipy.stats._continuous_distns:genlogistic_gen,@scipy.stats._continuous_distns:gennorm_gen,@scipy.stats._continuous_distns:genpareto_gen,@scipy.stats._continuous_distns:gibrat_gen,@scipy.stats._continuous_distns:gompertz_gen,@scipy.stats._continuous_distns:gumbel_l_gen,@scipy.stats._continuous_distns:gumbel_r_gen,@scipy.stats._continuous_distns:halfcauchy_gen,@scipy.stats._continuous_distns:halfgennorm_gen,@scipy.stats._continuous_distns:halflogistic_gen,@scipy.stats._continuous_distns:halfnorm_gen,@scipy.stats._continuous_distns:hypsecant_gen,@scipy.stats._continuous_distns:invgamma_gen,@scipy.stats._continuous_distns:invgauss_gen,@scipy.stats._continuous_distns:invweibull_gen,@scipy.stats._continuous_distns:irwinhall_gen,@scipy.stats._continuous_distns:jf_skew_t_gen,@scipy.stats._continuous_distns:johnsonsb_gen,@scipy.stats._continuous_distns:johnsonsu_gen,@scipy.stats._continuous_distns:kappa3_gen,@scipy.stats._continuous_distns:kappa4_gen,@scipy.stats._continuous_distns:ksone_gen,@scipy.stats._continuous_distns:kstwo_gen,@scipy.stats._continuous_distns:kstwobign_gen,@scipy.stats._continuous_distns:landau_gen,@scipy.stats._continuous_distns:laplace_asymmetric_gen,@scipy.stats._continuous_distns:laplace_gen,@scipy.stats._continuous_distns:levy_gen,@scipy.stats._continuous_distns:levy_l_gen,@scipy.stats._continuous_distns:loggamma_gen,@scipy.stats._continuous_distns:logistic_gen,@scipy.stats._continuous_distns:loglaplace_gen,@scipy.stats._continuous_distns:lognorm_gen,@scipy.stats._continuous_distns:lomax_gen,@scipy.stats._continuous_distns:maxwell_gen,@scipy.stats._continuous_distns:mielke_gen,@scipy.stats._continuous_distns:moyal_gen,@scipy.stats._continuous_distns:nakagami_gen,@scipy.stats._continuous_distns:ncf_gen,@scipy.stats._continuous_distns:nct_gen,@scipy.stats._continuous_distns:ncx2_gen,@scipy.stats._continuous_distns:norm_gen,@scipy.stats._continuous_distns:norminvgauss_gen,@scipy.stats._continuous_distns:pareto_gen,@scipy.stats._continuous_distns:pearson3_gen,@scipy.stats._continuous_distns:powerlaw_gen,@scipy.stats._continuous_distns:powerlognorm_gen,@scipy.stats._continuous_distns:powernorm_gen,@scipy.stats._continuous_distns:rayleigh_gen,@scipy.stats._continuous_distns:rdist_gen,@scipy.stats._continuous_distns:recipinvgauss_gen,@scipy.stats._continuous_distns:reciprocal_gen,@scipy.stats._continuous_distns:rel_breitwigner_gen,@scipy.stats._continuous_distns:rice_gen,@scipy.stats._continuous_distns:semicircular_gen,@scipy.stats._continuous_distns:skewcauchy_gen,@scipy.stats._continuous_distns:skewnorm_gen,@scipy.stats._continuous_distns:studentized_range_gen,@scipy.stats._continuous_distns:t_gen,@scipy.stats._continuous_distns:trapezoid_gen,@scipy.stats._continuous_distns:triang_gen,@scipy.stats._continuous_distns:truncexpon_gen,@scipy.stats._continuous_distns:truncnorm_gen,@scipy.stats._continuous_distns:truncpareto_gen,@scipy.stats._continuous_distns:truncweibull_min_gen,@scipy.stats._continuous_distns:tukeylambda_gen,@scipy.stats._continuous_distns:uniform_gen,@scipy.stats._continuous_distns:vonmises_gen,@scipy.stats._continuous_distns:wald_gen,@scipy.stats._continuous_distns:weibull_max_gen,@scipy.stats._continuous_distns:weibull_min_gen,@scipy.stats._continuous_distns:wrapcauchy_gen,@scipy.stats._discrete_distns:bernoulli_gen,@scipy.stats._discrete_distns:betabinom_gen,@scipy.stats._discrete_distns:betanbinom_gen,@scipy.stats._discrete_distns:binom_gen,@scipy.stats._discrete_distns:boltzmann_gen,@scipy.stats._discrete_distns:dlaplace_gen,@scipy.stats._discrete_distns:geom_gen,@scipy.stats._discrete_distns:hypergeom_gen,@scipy.stats._discrete_distns:logser_gen,@scipy.stats._discrete_distns:nbinom_gen,@scipy.stats._discrete_distns:nchypergeom_fisher_gen,@scipy.stats._discrete_distns:nchypergeom_wallenius_gen,@scipy.stats._discrete_distns:nhypergeom_gen,@scipy.stats._discrete_distns:planck_gen,@scipy.stats._discrete_distns:poisson_gen,@scipy.stats._discrete_distns:randint_gen,@scipy.stats._discrete_distns:skellam_gen,@scipy.stats._discrete_distns:yulesimon_gen,@scipy.stats._discrete_distns:zipf_gen,@scipy.stats._discrete_distns:zipfian_gen
kwds=D,N
""",
    "scipy.stats._distn_infrastructure:rv_discrete_frozen": """
a=N args=L,N b=N
dist=@scipy.stats._continuous_distns:alpha_gen,@scipy.stats._continuous_distns:anglit_gen,@scipy.stats._continuous_distns:arcsine_gen,@scipy.stats._continuous_distns:argus_gen,@scipy.stats._continuous_distns:beta_gen,@scipy.stats._continuous_distns:betaprime_gen,@scipy.stats._continuous_distns:bradford_gen,@scipy.stats._continuous_distns:burr12_gen,@scipy.stats._continuous_distns:burr_gen,@scipy.stats._continuous_distns:cauchy_gen,@scipy.stats._continuous_distns:chi2_gen,@scipy.stats._continuous_distns:chi_gen,@scipy.stats._continuous_distns:cosine_gen,@scipy.stats._continuous_distns:crystalball_gen,@scipy.stats._continuous_distns:dgamma_gen,@scipy.stats._continuous_distns:dpareto_lognorm_gen,@scipy.stats._continuous_distns:dweibull_gen,@scipy.stats._continuous_distns:erlang_gen,@scipy.stats._continuous_distns:expon_gen,@scipy.stats._continuous_distns:exponnorm_gen,@scipy.stats._continuous_distns:exponpow_gen,@scipy.stats._continuous_distns:exponweib_gen,@scipy.stats._continuous_distns:f_gen,@scipy.stats._continuous_distns:fatiguelife_gen,@scipy.stats._continuous_distns:fisk_gen,@scipy.stats._continuous_distns:foldcauchy_gen,@scipy.stats._continuous_distns:foldnorm_gen,@scipy.stats._continuous_distns:gamma_gen,@scipy.stats._continuous_distns:gausshyper_gen,@scipy.stats._continuous_distns:genexpon_gen,@scipy.stats._continuous_distns:genextreme_gen,@scipy.stats._continuous_distns:gengamma_gen,@scipy.stats._continuous_distns:genhalflogistic_gen,@scipy.stats._continuous_distns:genhyperbolic_gen,@scipy.stats._continuous_distns:geninvgauss_gen,@scipy.stats._continuous_distns:genlogistic_gen,@scipy.stats._continuous_distns:gennorm_gen,@scipy.stats._continuous_distns:genpareto_gen,@scipy.stats._continuous_distns:gibrat_gen,@scipy.stats._continuous_distns:gompertz_gen,@scipy.stats._continuous_distns:gumbel_l_gen,@scipy.stats._continuous_distns:gumbel_r_gen,@scipy.stats._continuous_distns:halfcauchy_gen,@scipy.stats._continuous_distns:halfgennorm_gen,@scipy.stats._continuous_distns:halflogistic_gen,@scipy.stats._continuous_distns:halfnorm_gen,@scipy.stats._continuous_distns:hypsecant_gen,@scipy.stats._continuous_distns:invgamma_gen,@scipy.stats._continuous_distns:invgauss_gen,@scipy.stats._continuous_distns:invweibull_gen,@scipy.stats._continuous_distns:irwinhall_gen,@scipy.stats._continuous_distns:jf_skew_t_gen,@scipy.stats._continuous_distns:johnsonsb_gen,@scipy.stats._continuous_distns:johnsonsu_gen,@scipy.stats._continuous_distns:kappa3_gen,@scipy.stats._continuous_distns:kappa4_gen,@scipy.stats._continuous_distns:ksone_gen,@scipy.stats._continuous_distns:kstwo_gen,@scipy.stats._continuous_distns:kstwobign_gen,@scipy.stats._continuous_distns:landau_gen,@scipy.stats._continuous_distns:laplace_asymmetric_gen,@scipy.stats._continuous_distns:laplace_gen,@scipy.stats._continuous_distns:levy_gen,@scipy.stats._continuous_distns:levy_l_gen,@scipy.stats._continuous_distns:loggamma_gen,@scipy.stats._continuous_distns:logistic_gen,@scipy.stats._continuous_distns:loglaplace_gen,@scipy.stats._continuous_distns:lognorm_gen,@scipy.stats._continuous_distns:lomax_gen,@scipy.stats._continuous_distns:maxwell_gen,@scipy.stats._continuous_distns:mielke_gen,@scipy.stats._continuous_distns:moyal_gen,@scipy.stats._continuous_distns:nakagami_gen,@scipy.stats._continuous_distns:ncf_gen,@scipy.stats._continuous_distns:nct_gen,@scipy.stats._continuous_distns:ncx2_gen,@scipy.stats._continuous_distns:norm_gen,@scipy.stats._continuous_distns:norminvgauss_gen,@scipy.stats._continuous_distns:pareto_gen,@scipy.stats._continuous_distns:pearson3_gen,@scipy.stats._continuous_distns:powerlaw_gen,@scipy.stats._continuous_distns:powerlognorm_gen,@scipy.stats._continuous_distns:powernorm_gen,@scipy.stats._continuous_distns:rayleigh_gen,@scipy.stats._continuous_distns:rdist_gen,@scipy.stats._continuous_distns:recipinvgauss_gen,@scipy.stats._continuous_distns:reciprocal_gen,@scipy.stats._continuous_distns:rel_breitwigner_gen,@scipy.stats._continuous_distns:rice_gen,@scipy.stats._continuous_distns:semicircular_gen,@scipy.stats._continuous_distns:skewcauchy_gen,@scipy.stats._continuous_distns:skewnorm_gen,@scipy.stats._continuous_distns:studentized_range_gen,@scipy.stats._continuous_distns:t_gen,@scipy.stats._continuous_distns:trapezoid_gen,@scipy.stats._continuous_distns:triang_gen,@scipy.stats._continuous_distns:truncexpon_gen,@scipy.stats._continuous_distns:truncnorm_gen,@scipy.stats._continuous_distns:truncpareto_gen,@scipy.stats._continuous_distns:truncweibull_min_gen,@scipy.stats._continuous_distns:tukeylambda_gen,@scipy.stats._continuous_distns:uniform_gen,@scipy.stats._continuous_distns:vonmises_gen,@scipy.stats._continuous_distns:wald_gen,@scipy.stats._continuous_distns:weibull_max_gen,@scipy.stats._continuous_distns:weibull_min_gen,@scipy.stats._continuous_distns:wrapcauchy_gen,@scipy.stats._discrete_distns:bernoulli_gen,@scipy.stats._discrete_distns:betabinom_gen,@scipy.stats._discrete_distns:betanbinom_gen,@scipy.stats._discrete_distns:binom_gen,@scipy.stats._discrete_distns:boltzmann_gen,@scipy.stats._discrete_distns:dlaplace_gen,@scipy.stats._discrete_distns:geom_gen,@scipy.stats._discrete_distns:hypergeom_gen,@scipy.stats._discrete_distns:logser_gen,@scipy.stats._discrete_distns:nbinom_gen,@scipy.stats._discrete_distns:nchypergeom_fisher_gen,@scipy.stats._discrete_distns:nchypergeom_wallenius_gen,@scipy.stats._discrete_distns:nhypergeom_gen,@scipy.stats._discrete_distns:planck_gen,@scipy.stats._discrete_distns:poisson_gen,@scipy.stats._discrete_distns:randint_gen,@scipy.stats._discrete_distns:skellam_gen,@scipy.stats._discrete_distns:yulesimon_gen,@scipy.stats._discrete_distns:zipf_gen,@scipy.stats._discrete_distns:zipfian_gen
kwds=D,N
""",
    "sklearn._loss._loss:CyAbsoluteError": "",
    "sklearn._loss._loss:CyExponentialLoss": "",
    "sklearn._loss._loss:CyHalfBinomialLoss": "",
    "sklearn._loss._loss:CyHalfGammaLoss": "",
    "sklearn._loss._loss:CyHalfPoissonLoss": "",
    "sklearn._loss._loss:CyHalfSquaredError": "",
    "sklearn._loss._loss:CyHalfTweedieLoss": "",
    "sklearn._loss._loss:CyHalfTweedieLossIdentity": "",
    "sklearn._loss._loss:CyHuberLoss": "",
    "sklearn._loss._loss:CyPinballLoss": "",
    "sklearn._loss._loss:__pyx_unpickle_CyHalfMultinomialLoss": "",
    "sklearn._loss.link:HalfLogitLink": "",
    "sklearn._loss.link:IdentityLink": "",
    "sklearn._loss.link:Interval": """
high=N high_inclusive=N low=N low_inclusive=N
""",
    "sklearn._loss.link:LogLink": "",
    "sklearn._loss.link:LogitLink": "",
    "sklearn._loss.link:MultinomialLogit": "",
    "sklearn._loss.loss:AbsoluteError": """
approx_hessian=N closs=@sklearn._loss._loss:CyAbsoluteError constant_hessian=N device=N
interval_y_pred=@sklearn._loss.link:Interval interval_y_true=@sklearn._loss.link:Interval
link=@sklearn._loss.link:IdentityLink n_classes=N xp=N
""",
    "sklearn._loss.loss:ExponentialLoss": """
approx_hessian=N closs=@sklearn._loss._loss:CyExponentialLoss constant_hessian=N device=N
interval_y_pred=@sklearn._loss.link:Interval interval_y_true=@sklearn._loss.link:Interval
link=@sklearn._loss.link:HalfLogitLink n_classes=N xp=N
""",
    "sklearn._loss.loss:HalfBinomialLoss": """
approx_hessian=N closs=@sklearn._loss._loss:CyHalfBinomialLoss constant_hessian=N device=N
interval_y_pred=@sklearn._loss.link:Interval interval_y_true=@sklearn._loss.link:Interval
link=@sklearn._loss.link:LogitLink n_classes=N xp=N
""",
    "sklearn._loss.loss:HalfGammaLoss": """
approx_hessian=N closs=@sklearn._loss._loss:CyHalfGammaLoss constant_hessian=N device=N
interval_y_pred=@sklearn._loss.link:Interval interval_y_true=@sklearn._loss.link:Interval
link=@sklearn._loss.link:LogLink n_classes=N xp=N
""",
    "sklearn._loss.loss:HalfMultinomialLoss": """
approx_hessian=N class_indexing_offsets=N closs=@sklearn._loss._loss:__pyx_unpickle_CyHalfMultinomialLoss
constant_hessian=N device=N interval_y_pred=@sklearn._loss.link:Interval interval_y_true=@sklearn._loss.link:Interval
link=@sklearn._loss.link:MultinomialLogit n_classes=N xp=N y_true_int=N y_true_one_hot=N
""",
    "sklearn._loss.loss:HalfPoissonLoss": """
approx_hessian=N closs=@sklearn._loss._loss:CyHalfPoissonLoss constant_hessian=N device=N
interval_y_pred=@sklearn._loss.link:Interval interval_y_true=@sklearn._loss.link:Interval
link=@sklearn._loss.link:LogLink n_classes=N xp=N
""",
    "sklearn._loss.loss:HalfSquaredError": """
approx_hessian=N closs=@sklearn._loss._loss:CyHalfSquaredError constant_hessian=N device=N
interval_y_pred=@sklearn._loss.link:Interval interval_y_true=@sklearn._loss.link:Interval
link=@sklearn._loss.link:IdentityLink n_classes=N xp=N
""",
    "sklearn._loss.loss:HalfTweedieLoss": """
approx_hessian=N closs=@sklearn._loss._loss:CyHalfTweedieLoss constant_hessian=N device=N
interval_y_pred=@sklearn._loss.link:Interval interval_y_true=@sklearn._loss.link:Interval
link=@sklearn._loss.link:LogLink n_classes=N xp=N
""",
    "sklearn._loss.loss:HalfTweedieLossIdentity": """
approx_hessian=N closs=@sklearn._loss._loss:CyHalfTweedieLossIdentity constant_hessian=N device=N
interval_y_pred=@sklearn._loss.link:Interval interval_y_true=@sklearn._loss.link:Interval
link=@sklearn._loss.link:IdentityLink n_classes=N xp=N
""",
    "sklearn._loss.loss:HuberLoss": """
approx_hessian=N closs=@sklearn._loss._loss:CyHuberLoss constant_hessian=N device=N
interval_y_pred=@sklearn._loss.link:Interval interval_y_true=@sklearn._loss.link:Interval
link=@sklearn._loss.link:IdentityLink n_classes=N quantile=N xp=N
""",
    "sklearn._loss.loss:PinballLoss": """
approx_hessian=N closs=@sklearn._loss._loss:CyPinballLoss constant_hessian=N device=N
interval_y_pred=@sklearn._loss.link:Interval interval_y_true=@sklearn._loss.link:Interval
link=@sklearn._loss.link:IdentityLink n_classes=N xp=N
""",
    "sklearn.calibration:CalibratedClassifierCV": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
calibrated_classifiers_=@sklearn.calibration:_CalibratedClassifier,A,D,L,N classes_=A,D,L,N,S,T cv=A,L,N,P
ensemble=A,N,S estimator=A,E,N feature_names_in_=T method=A,N,S n_features_in_=N n_jobs=A,N
""",
    "sklearn.calibration:_CalibratedClassifier": """
calibrators=@sklearn.calibration:_SigmoidCalibration,@sklearn.calibration:_TemperatureScaling,A,D,E,L,N
classes=A,D,L,N,S,T estimator=E method=S
""",
    "sklearn.calibration:_SigmoidCalibration": """
_sklearn_version=S a_=A,D,L,N b_=A,D,L,N
""",
    "sklearn.calibration:_TemperatureScaling": """
_sklearn_version=S beta_=A,D,L,N
""",
    "sklearn.cluster._affinity_propagation:AffinityPropagation": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
affinity=A,N,S affinity_matrix_=A,D,L,N cluster_centers_=A,D,L,N,V cluster_centers_indices_=A,D,L,N
convergence_iter=A,N copy=A,N damping=A,N feature_names_in_=T labels_=A,D,L,N max_iter=A,N n_features_in_=N
n_iter_=A,D,L,N preference=A,L,N,S,T random_state=A,N,X verbose=A,N
""",
    "sklearn.cluster._agglomerative:AgglomerativeClustering": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
children_=A,D,L,N compute_distances=A,N compute_full_tree=A,N,S connectivity=A,L,N,S,T,V distance_threshold=A,N
distances_=A,D,L,N feature_names_in_=T labels_=A,D,L,N linkage=A,N,S memory=A,E,N,S metric=A,N,S n_clusters=A,N
n_clusters_=A,D,L,N n_connected_components_=A,D,L,N n_features_in_=N n_leaves_=A,D,L,N
""",
    "sklearn.cluster._agglomerative:FeatureAgglomeration": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N
_sklearn_output_config=D,N,S _sklearn_version=N,S children_=A,D,L,N compute_distances=A,N compute_full_tree=A,N,S
connectivity=A,L,N,S,T,V distance_threshold=A,N distances_=A,D,L,N feature_names_in_=T labels_=A,D,L,N linkage=A,N,S
memory=A,E,N,S metric=A,N,S n_clusters=A,N n_clusters_=A,D,L,N n_connected_components_=A,D,L,N n_features_in_=N
n_leaves_=A,D,L,N pooling_func=A,F,N
""",
    "sklearn.cluster._bicluster:SpectralBiclustering": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
column_labels_=A,D,L,N columns_=A,D,L,N feature_names_in_=T init=A,N,S method=A,N,S mini_batch=A,N n_best=A,N
n_clusters=A,L,N,S n_components=A,N n_features_in_=N n_init=A,N n_svd_vecs=A,N random_state=A,N,X row_labels_=A,D,L,N
rows_=A,D,L,N svd_method=A,N,S
""",
    "sklearn.cluster._bicluster:SpectralCoclustering": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
column_labels_=A,D,L,N columns_=A,D,L,N feature_names_in_=T init=A,N,S mini_batch=A,N n_clusters=A,N n_features_in_=N
n_init=A,N n_svd_vecs=A,N random_state=A,N,X row_labels_=A,D,L,N rows_=A,D,L,N svd_method=A,N,S
""",
    "sklearn.cluster._birch:Birch": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N
_sklearn_output_config=D,N,S _sklearn_version=N,S _subcluster_norms=A,D,L,N branching_factor=A,N compute_labels=A,N
dummy_leaf_=@sklearn.cluster._birch:_CFNode feature_names_in_=T labels_=A,D,L,N n_clusters=A,E,N n_features_in_=N
root_=@sklearn.cluster._birch:_CFNode subcluster_centers_=A,D,L,N subcluster_labels_=A,D,L,N threshold=A,N
""",
    "sklearn.cluster._birch:_CFNode": """
branching_factor=N centroids_=A init_centroids_=A init_sq_norm_=A is_leaf=N n_features=N
next_leaf_=@sklearn.cluster._birch:_CFNode,N prev_leaf_=@sklearn.cluster._birch:_CFNode,N squared_norm_=A,L
subclusters_=@sklearn.cluster._birch:_CFSubcluster,L threshold=N
""",
    "sklearn.cluster._birch:_CFSubcluster": """
centroid_=A child_=@sklearn.cluster._birch:_CFNode,N linear_sum_=A n_samples_=N sq_norm_=N squared_sum_=N
""",
    "sklearn.cluster._bisect_k_means:BisectingKMeans": """
_X_mean=A,D,L,N _bisecting_tree=@sklearn.cluster._bisect_k_means:_BisectingTree
_kmeans_single=@sklearn.cluster._kmeans:_kmeans_single_elkan,@sklearn.cluster._kmeans:_kmeans_single_lloyd
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N _n_init=A,D,L,N
_n_threads=A,D,L,N _random_state=N,X _sklearn_output_config=D,N,S _sklearn_version=N,S _tol=A,D,L,N algorithm=A,N,S
bisecting_strategy=A,N,S cluster_centers_=A,D,L,N copy_x=A,N feature_names_in_=T inertia_=A,D,L,N init=A,N,S
labels_=A,D,L,N max_iter=A,N n_clusters=A,N n_features_in_=N n_init=A,N random_state=A,N,X tol=A,N verbose=A,N
""",
    "sklearn.cluster._bisect_k_means:_BisectingTree": """
center=A indices=N label=N left=@sklearn.cluster._bisect_k_means:_BisectingTree,N
right=@sklearn.cluster._bisect_k_means:_BisectingTree,N score=N
""",
    "sklearn.cluster._dbscan:DBSCAN": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
algorithm=A,N,S components_=A,D,L,N,V core_sample_indices_=A,D,L,N eps=A,N feature_names_in_=T labels_=A,D,L,N
leaf_size=A,N metric=A,N,S metric_params=A,D,N,S min_samples=A,N n_features_in_=N n_jobs=A,N p=A,N
""",
    "sklearn.cluster._hdbscan.hdbscan:HDBSCAN": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _metric_params=A,D,L,N _min_samples=A,D,L,N
_raw_data=A,D,L,N,V _single_linkage_tree_=R _sklearn_output_config=D,S _sklearn_version=N,S algorithm=A,N,S
allow_single_cluster=A,N alpha=A,N centroids_=A,D,L,N cluster_selection_epsilon=A,N cluster_selection_method=A,N,S
copy=A,N,S feature_names_in_=T labels_=A,D,L,N leaf_size=A,N max_cluster_size=A,N medoids_=A,D,L,N metric=A,N,S
metric_params=A,D,N,S min_cluster_size=A,N min_samples=A,N n_features_in_=N n_jobs=A,N probabilities_=A,D,L,N
store_centers=A,N,S
""",
    "sklearn.cluster._kmeans:KMeans": """
_algorithm=A,D,L,N,S,T _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N
_n_init=A,D,L,N _n_threads=A,D,L,N _sklearn_output_config=D,N,S _sklearn_version=N,S _tol=A,D,L,N algorithm=A,N,S
cluster_centers_=A,D,L,N copy_x=A,N feature_names_in_=T inertia_=A,D,L,N init=A,L,N,S,T labels_=A,D,L,N max_iter=A,N
n_clusters=A,N n_features_in_=N n_init=A,N,S n_iter_=A,D,L,N random_state=A,N,X tol=A,N verbose=A,N
""",
    "sklearn.cluster._kmeans:MiniBatchKMeans": """
_batch_size=A,D,L,N _counts=A,D,L,N _ewa_inertia=A,D,L,N _ewa_inertia_min=A,D,L,N _init_size=A,D,L,N
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N _n_init=A,D,L,N
_n_since_last_reassign=A,D,L,N _n_threads=A,D,L,N _no_improvement=A,D,L,N _random_state=N,X
_sklearn_output_config=D,N,S _sklearn_version=N,S _tol=A,D,L,N batch_size=A,N cluster_centers_=A,D,L,N
compute_labels=A,N feature_names_in_=T inertia_=A,D,L,N init=A,L,N,S,T init_size=A,N labels_=A,D,L,N max_iter=A,N
max_no_improvement=A,N n_clusters=A,N n_features_in_=N n_init=A,N,S n_iter_=A,D,L,N n_steps_=A,D,L,N
random_state=A,N,X reassignment_ratio=A,N tol=A,N verbose=A,N
""",
    "sklearn.cluster._mean_shift:MeanShift": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
bandwidth=A,N bin_seeding=A,N cluster_all=A,N cluster_centers_=A,D,L,N feature_names_in_=T labels_=A,D,L,N
max_iter=A,N min_bin_freq=A,N n_features_in_=N n_iter_=A,D,L,N n_jobs=A,N seeds=A,L,N,S,T
""",
    "sklearn.cluster._optics:OPTICS": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
algorithm=A,N,S cluster_hierarchy_=A,D,L,N cluster_method=A,N,S core_distances_=A,D,L,N eps=A,N feature_names_in_=T
labels_=A,D,L,N leaf_size=A,N max_eps=A,N memory=A,E,N,S metric=A,N,S metric_params=A,D,N,S min_cluster_size=A,N
min_samples=A,N n_features_in_=N n_jobs=A,N ordering_=A,D,L,N p=A,N predecessor_=A,D,L,N predecessor_correction=A,N
reachability_=A,D,L,N xi=A,N
""",
    "sklearn.cluster._spectral:SpectralClustering": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
affinity=A,N,S affinity_matrix_=A,D,L,N,V assign_labels=A,N,S coef0=A,N degree=A,N eigen_solver=A,N,S eigen_tol=A,N,S
feature_names_in_=T gamma=A,N kernel_params=A,D,N,S labels_=A,D,L,N n_clusters=A,N n_components=A,N n_features_in_=N
n_init=A,N n_jobs=A,N n_neighbors=A,N random_state=A,N,X verbose=A,N
""",
    "sklearn.compose._column_transformer:ColumnTransformer": """
_columns=A,D,H,I,L,N,S,T _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _remainder=A,D,E,L,N,S,T
_sklearn_output_config=D,N,S _sklearn_version=N,S _transformer_to_input_indices=A,D,L,N
_transformers_feature_names_out=A,D,L,N,S,T feature_names_in_=T n_features_in_=N n_jobs=A,N output_indices_=A,D,I,L,N
remainder=A,E,N,S sparse_output_=A,D,L,N sparse_threshold=A,N transformer_weights=A,D,N,S
transformers=@sklearn.compose._column_transformer:make_column_selector,A,E,H,I,L,N,S,T
transformers_=A,D,E,H,I,L,N,S,T verbose=A,N verbose_feature_names_out=A,N,S
""",
    "sklearn.compose._column_transformer:make_column_selector": """
dtype_exclude=L,N,S,Y dtype_include=L,N,S,Y pattern=N,S
""",
    "sklearn.compose._target:TransformedTargetRegressor": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
_training_dim=A,D,L,N check_inverse=A,N feature_names_in_=T func=A,F,N inverse_func=A,F,N n_features_in_=N
regressor=A,E,N regressor_=E transformer=A,E,N transformer_=E
""",
    "sklearn.covariance._elliptic_envelope:EllipticEnvelope": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
assume_centered=A,N contamination=A,N covariance_=A,D,L,N dist_=A,D,L,N feature_names_in_=T location_=A,D,L,N
n_features_in_=N offset_=A,D,L,N precision_=A,D,L,N random_state=A,N,X raw_covariance_=A,D,L,N raw_location_=A,D,L,N
raw_support_=A,D,L,N store_precision=A,N support_=A,D,L,N support_fraction=A,N
""",
    "sklearn.covariance._empirical_covariance:EmpiricalCovariance": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
assume_centered=A,N covariance_=A,D,L,N feature_names_in_=T location_=A,D,L,N n_features_in_=N precision_=A,D,L,N
store_precision=A,N
""",
    "sklearn.covariance._graph_lasso:GraphicalLasso": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha=A,N assume_centered=A,N costs_=A,D,L,N covariance=A,N,S covariance_=A,D,L,N enet_tol=A,N eps=A,N
feature_names_in_=T location_=A,D,L,N max_iter=A,N mode=A,N,S n_features_in_=N n_iter_=A,D,L,N precision_=A,D,L,N
store_precision=A,D,L,N tol=A,N verbose=A,N
""",
    "sklearn.covariance._graph_lasso:GraphicalLassoCV": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha_=A,D,L,N alphas=A,L,N,S,T assume_centered=A,N costs_=A,D,L,N covariance_=A,D,L,N cv=A,L,N,P cv_results_=A,D,L,N
enet_tol=A,N eps=A,N feature_names_in_=T location_=A,D,L,N max_iter=A,N mode=A,N,S n_features_in_=N n_iter_=A,D,L,N
n_jobs=A,N n_refinements=A,N precision_=A,D,L,N store_precision=A,D,L,N tol=A,N verbose=A,N
""",
    "sklearn.covariance._robust_covariance:MinCovDet": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
assume_centered=A,N covariance_=A,D,L,N dist_=A,D,L,N feature_names_in_=T location_=A,D,L,N n_features_in_=N
precision_=A,D,L,N random_state=A,N,X raw_covariance_=A,D,L,N raw_location_=A,D,L,N raw_support_=A,D,L,N
store_precision=A,N support_=A,D,L,N support_fraction=A,N
""",
    "sklearn.covariance._shrunk_covariance:LedoitWolf": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
assume_centered=A,N block_size=A,N covariance_=A,D,L,N feature_names_in_=T location_=A,D,L,N n_features_in_=N
precision_=A,D,L,N shrinkage_=A,D,L,N store_precision=A,N
""",
    "sklearn.covariance._shrunk_covariance:OAS": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
assume_centered=A,N covariance_=A,D,L,N feature_names_in_=T location_=A,D,L,N n_features_in_=N precision_=A,D,L,N
shrinkage_=A,D,L,N store_precision=A,N
""",
    "sklearn.covariance._shrunk_covariance:ShrunkCovariance": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
assume_centered=A,N covariance_=A,D,L,N feature_names_in_=T location_=A,D,L,N n_features_in_=N precision_=A,D,L,N
shrinkage=A,N store_precision=A,N
""",
    "sklearn.cross_decomposition._pls:CCA": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N _norm_y_weights=A,D,L,N
_predict_1d=A,D,L,N _sklearn_output_config=D,S _sklearn_version=N,S _x_mean=A,D,L,N _x_scores=A,D,L,N _x_std=A,D,L,N
_y_mean=A,D,L,N _y_scores=A,D,L,N _y_std=A,D,L,N algorithm=A,D,L,N,S,T coef_=A,D,L,N,V copy=A,N
deflation_mode=A,D,L,N,S,T feature_names_in_=T intercept_=A,D,L,N max_iter=A,N mode=A,D,L,N,S,T n_components=A,N
n_features_in_=N n_iter_=A,D,L,N scale=A,N tol=A,N x_loadings_=A,D,L,N x_rotations_=A,D,L,N x_weights_=A,D,L,N
y_loadings_=A,D,L,N y_rotations_=A,D,L,N y_weights_=A,D,L,N
""",
    "sklearn.cross_decomposition._pls:PLSCanonical": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N _norm_y_weights=A,D,L,N
_predict_1d=A,D,L,N _sklearn_output_config=D,S _sklearn_version=N,S _x_mean=A,D,L,N _x_scores=A,D,L,N _x_std=A,D,L,N
_y_mean=A,D,L,N _y_scores=A,D,L,N _y_std=A,D,L,N algorithm=A,N,S coef_=A,D,L,N,V copy=A,N deflation_mode=A,D,L,N,S,T
feature_names_in_=T intercept_=A,D,L,N max_iter=A,N mode=A,D,L,N,S,T n_components=A,N n_features_in_=N
n_iter_=A,D,L,N scale=A,N tol=A,N x_loadings_=A,D,L,N x_rotations_=A,D,L,N x_weights_=A,D,L,N y_loadings_=A,D,L,N
y_rotations_=A,D,L,N y_weights_=A,D,L,N
""",
    "sklearn.cross_decomposition._pls:PLSRegression": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N _norm_y_weights=A,D,L,N
_predict_1d=A,D,L,N _sklearn_output_config=D,S _sklearn_version=N,S _x_mean=A,D,L,N _x_scores=A,D,L,N _x_std=A,D,L,N
_y_mean=A,D,L,N _y_scores=A,D,L,N _y_std=A,D,L,N algorithm=A,D,L,N,S,T coef_=A,D,L,N,V copy=A,N
deflation_mode=A,D,L,N,S,T feature_names_in_=T intercept_=A,D,L,N max_iter=A,N mode=A,D,L,N,S,T n_components=A,N
n_features_in_=N n_iter_=A,D,L,N scale=A,N tol=A,N x_loadings_=A,D,L,N x_rotations_=A,D,L,N x_scores_=A,D,L,N
x_weights_=A,D,L,N y_loadings_=A,D,L,N y_rotations_=A,D,L,N y_scores_=A,D,L,N y_weights_=A,D,L,N
""",
    "sklearn.cross_decomposition._pls:PLSSVD": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N
_sklearn_output_config=D,S _sklearn_version=N,S _x_mean=A,D,L,N _x_std=A,D,L,N _y_mean=A,D,L,N _y_std=A,D,L,N
copy=A,N feature_names_in_=T n_components=A,N n_features_in_=N scale=A,N x_weights_=A,D,L,N y_weights_=A,D,L,N
""",
    "sklearn.decomposition._dict_learning:DictionaryLearning": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
alpha=A,N callback=A,N code_init=A,N components_=A,D,L,N,V dict_init=A,N error_=A,D,L,N feature_names_in_=T
fit_algorithm=A,N,S max_iter=A,N n_components=A,N n_features_in_=N n_iter_=A,D,L,N n_jobs=A,N positive_code=A,N
positive_dict=A,N random_state=A,N,X split_sign=A,N tol=A,N transform_algorithm=A,N,S transform_alpha=A,N
transform_max_iter=A,N transform_n_nonzero_coefs=A,N verbose=A,N
""",
    "sklearn.decomposition._dict_learning:MiniBatchDictionaryLearning": """
_A=A,D,L,N _B=A,D,L,N _batch_size=A,D,L,N _ewa_cost=A,D,L,N _ewa_cost_min=A,D,L,N _fit_algorithm=A,D,L,N,S,T
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_components=A,D,L,N _no_improvement=A,D,L,N
_random_state=N,X _sklearn_output_config=D,N,S _sklearn_version=N,S alpha=A,N batch_size=A,N,S callback=A,N
components_=A,D,L,N,V dict_init=A,N feature_names_in_=T fit_algorithm=A,N,S max_iter=A,N max_no_improvement=A,N
n_components=A,N n_features_in_=N n_iter_=A,D,L,N n_jobs=A,N n_steps_=A,D,L,N positive_code=A,N positive_dict=A,N
random_state=A,N,X shuffle=A,N split_sign=A,N tol=A,N transform_algorithm=A,N,S transform_alpha=A,N
transform_max_iter=A,N transform_n_nonzero_coefs=A,N verbose=A,N
""",
    "sklearn.decomposition._dict_learning:SparseCoder": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
dictionary=A,L,N,S,T feature_names_in_=T n_components_=A,D,L,N n_features_in_=N n_jobs=A,N positive_code=A,N
split_sign=A,N transform_algorithm=A,N,S transform_alpha=A,N transform_max_iter=A,N transform_n_nonzero_coefs=A,N
""",
    "sklearn.decomposition._factor_analysis:FactorAnalysis": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
components_=A,D,L,N,V copy=A,N feature_names_in_=T iterated_power=A,N loglike_=A,D,L,N max_iter=A,N mean_=A,D,L,N
n_components=A,N n_features_in_=N n_iter_=A,D,L,N noise_variance_=A,D,L,N noise_variance_init=A,L,N,S,T
random_state=A,N,X rotation=A,N,S svd_method=A,N,S tol=A,N
""",
    "sklearn.decomposition._fastica:FastICA": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
_unmixing=A,D,L,N algorithm=A,N,S components_=A,D,L,N,V feature_names_in_=T fun=A,N,S fun_args=A,D,N,S max_iter=A,N
mean_=A,D,L,N mixing_=A,D,L,N n_components=A,N n_features_in_=N n_iter_=A,D,L,N random_state=A,N,X tol=A,N
w_init=A,L,N,S,T whiten=A,N,S whiten_solver=A,N,S whitening_=A,D,L,N
""",
    "sklearn.decomposition._incremental_pca:IncrementalPCA": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
batch_size=A,N batch_size_=A,D,L,N components_=A,D,L,N,V copy=A,N explained_variance_=A,D,L,N
explained_variance_ratio_=A,D,L,N feature_names_in_=T mean_=A,D,L,N n_components=A,N n_components_=A,D,L,N
n_features_in_=N n_samples_seen_=A,D,L,N noise_variance_=A,D,L,N singular_values_=A,D,L,N var_=A,D,L,N whiten=A,N
""",
    "sklearn.decomposition._kernel_pca:KernelPCA": """
X_fit_=A,D,L,N,V X_transformed_fit_=A,D,L,N _centerer=E
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
alpha=A,N coef0=A,N copy_X=A,N degree=A,N dual_coef_=A,D,L,N,V eigen_solver=A,N,S eigenvalues_=A,D,L,N
eigenvectors_=A,D,L,N feature_names_in_=T fit_inverse_transform=A,N gamma=A,N gamma_=A,D,L,N iterated_power=A,N,S
kernel=A,N,S kernel_params=A,D,N,S max_iter=A,N n_components=A,N n_features_in_=N n_jobs=A,N random_state=A,N,X
remove_zero_eig=A,N tol=A,N
""",
    "sklearn.decomposition._lda:LatentDirichletAllocation": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
batch_size=A,N bound_=A,D,L,N components_=A,D,L,N,V doc_topic_prior=A,N doc_topic_prior_=A,D,L,N evaluate_every=A,N
exp_dirichlet_component_=A,D,L,N feature_names_in_=T learning_decay=A,N learning_method=A,N,S learning_offset=A,N
max_doc_update_iter=A,N max_iter=A,N mean_change_tol=A,N n_batch_iter_=A,D,L,N n_components=A,N n_features_in_=N
n_iter_=A,D,L,N n_jobs=A,N perp_tol=A,N random_state=A,N,X random_state_=N,X topic_word_prior=A,N
topic_word_prior_=A,D,L,N total_samples=A,N verbose=A,N
""",
    "sklearn.decomposition._nmf:MiniBatchNMF": """
_batch_size=A,D,L,N _beta_loss=A,D,L,N _components_denominator=A,D,L,N _components_numerator=A,D,L,N
_ewa_cost=A,D,L,N _ewa_cost_min=A,D,L,N _gamma=A,D,L,N
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_components=A,D,L,N _no_improvement=A,D,L,N
_rho=A,D,L,N _sklearn_output_config=D,N,S _sklearn_version=N,S _transform_max_iter=A,D,L,N alpha_H=A,N,S alpha_W=A,N
batch_size=A,N beta_loss=A,N,S components_=A,D,L,N,V feature_names_in_=T forget_factor=A,N fresh_restarts=A,N
fresh_restarts_max_iter=A,N init=A,N,S l1_ratio=A,N max_iter=A,N max_no_improvement=A,N n_components=A,N,S
n_components_=A,D,L,N n_features_in_=N n_iter_=A,D,L,N n_steps_=A,D,L,N random_state=A,N,X
reconstruction_err_=A,D,L,N tol=A,N transform_max_iter=A,N verbose=A,N
""",
    "sklearn.decomposition._nmf:NMF": """
_beta_loss=A,D,L,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_components=A,D,L,N
_sklearn_output_config=D,N,S _sklearn_version=N,S alpha_H=A,N,S alpha_W=A,N beta_loss=A,N,S components_=A,D,L,N,V
feature_names_in_=T init=A,N,S l1_ratio=A,N max_iter=A,N n_components=A,N,S n_components_=A,D,L,N n_features_in_=N
n_iter_=A,D,L,N random_state=A,N,X reconstruction_err_=A,D,L,N shuffle=A,N solver=A,N,S tol=A,N verbose=A,N
""",
    "sklearn.decomposition._pca:PCA": """
_fit_svd_solver=A,D,L,N,S,T _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_sklearn_output_config=D,N,S _sklearn_version=N,S components_=A,D,L,N,V copy=A,N explained_variance_=A,D,L,N
explained_variance_ratio_=A,D,L,N feature_names_in_=T iterated_power=A,N,S mean_=A,D,L,N n_components=A,N,S
n_components_=A,D,L,N n_features_in_=N n_oversamples=A,N n_samples_=A,D,L,N noise_variance_=A,D,L,N
power_iteration_normalizer=A,N,S random_state=A,N,X singular_values_=A,D,L,N svd_solver=A,N,S tol=A,N whiten=A,N
""",
    "sklearn.decomposition._sparse_pca:MiniBatchSparsePCA": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
alpha=A,N batch_size=A,N callback=A,N components_=A,D,L,N,V feature_names_in_=T max_iter=A,N max_no_improvement=A,N
mean_=A,D,L,N method=A,N,S n_components=A,N n_components_=A,D,L,N n_features_in_=N n_iter_=A,D,L,N n_jobs=A,N
random_state=A,N,X ridge_alpha=A,N shuffle=A,N tol=A,N verbose=A,N
""",
    "sklearn.decomposition._sparse_pca:SparsePCA": """
U_init=A,N V_init=A,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_sklearn_output_config=D,N,S _sklearn_version=N,S alpha=A,N components_=A,D,L,N,V error_=A,D,L,N feature_names_in_=T
max_iter=A,N mean_=A,D,L,N method=A,N,S n_components=A,N n_components_=A,D,L,N n_features_in_=N n_iter_=A,D,L,N
n_jobs=A,N random_state=A,N,X ridge_alpha=A,N tol=A,N verbose=A,N
""",
    "sklearn.decomposition._truncated_svd:TruncatedSVD": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
algorithm=A,N,S components_=A,D,L,N,V explained_variance_=A,D,L,N explained_variance_ratio_=A,D,L,N
feature_names_in_=T n_components=A,N n_features_in_=N n_iter=A,N n_oversamples=A,N power_iteration_normalizer=A,N,S
random_state=A,N,X singular_values_=A,D,L,N tol=A,N
""",
    "sklearn.discriminant_analysis:LinearDiscriminantAnalysis": """
_max_components=A,D,L,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N
_sklearn_output_config=D,S _sklearn_version=N,S classes_=A,D,L,N,S,T coef_=A,D,L,N,V covariance_=A,D,L,N
covariance_estimator=A,E,N explained_variance_ratio_=A,D,L,N feature_names_in_=T intercept_=A,D,L,N means_=A,D,L,N
n_components=A,N n_features_in_=N priors=A,L,N,S,T priors_=A,D,L,N scalings_=A,D,L,N shrinkage=A,N,S solver=A,N,S
store_covariance=A,N tol=A,N xbar_=A,D,L,N
""",
    "sklearn.discriminant_analysis:QuadraticDiscriminantAnalysis": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
classes_=A,D,L,N,S,T covariance_=A,D,L,N covariance_estimator=A,E,N feature_names_in_=T means_=A,D,L,N
n_features_in_=N priors=A,L,N,S,T priors_=A,D,L,N reg_param=A,N rotations_=A,D,L,N scalings_=A,D,L,N shrinkage=A,N,S
solver=A,N,S store_covariance=A,N tol=A,N
""",
    "sklearn.dummy:DummyClassifier": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
_strategy=A,D,L,N,S,T class_prior_=A,D,L,N classes_=A,D,L,N,S,T constant=A,L,N,S,T feature_names_in_=T
n_classes_=A,D,L,N n_features_in_=N n_outputs_=A,D,L,N random_state=A,N,X sparse_output_=A,D,L,N strategy=A,N,S
""",
    "sklearn.dummy:DummyRegressor": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
constant=A,L,N,S,T constant_=A,D,L,N feature_names_in_=T n_features_in_=N n_outputs_=A,D,L,N quantile=A,N
strategy=A,N,S
""",
    "sklearn.ensemble._bagging:BaggingClassifier": """
_max_features=A,D,L,N _max_samples=A,D,L,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_n_samples=A,D,L,N _sample_weight=A,D,L,N _seeds=A,D,L,N _sklearn_output_config=D,S _sklearn_version=N,S
bootstrap=A,N bootstrap_features=A,N classes_=A,D,L,N,S,T estimator=A,E,N estimator_=E estimator_params=A,D,L,N
estimators_=A,D,E,L,N estimators_features_=A,D,L,N feature_names_in_=T max_features=A,N max_samples=A,N
n_classes_=A,D,L,N n_estimators=A,N n_features_in_=N n_jobs=A,N oob_decision_function_=A,D,L,N oob_score=A,M,N
oob_score_=A,D,L,N random_state=A,N,X verbose=A,N warm_start=A,N
""",
    "sklearn.ensemble._bagging:BaggingRegressor": """
_max_features=A,D,L,N _max_samples=A,D,L,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_n_samples=A,D,L,N _sample_weight=A,D,L,N _seeds=A,D,L,N _sklearn_output_config=D,S _sklearn_version=N,S
bootstrap=A,N bootstrap_features=A,N estimator=A,E,N estimator_=E estimator_params=A,D,L,N estimators_=A,D,E,L,N
estimators_features_=A,D,L,N feature_names_in_=T max_features=A,N max_samples=A,N n_estimators=A,N n_features_in_=N
n_jobs=A,N oob_prediction_=A,D,L,N oob_score=A,M,N oob_score_=A,D,L,N random_state=A,N,X verbose=A,N warm_start=A,N
""",
    "sklearn.ensemble._forest:ExtraTreesClassifier": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_samples=A,D,L,N _n_samples_bootstrap=A,D,L,N
_sample_weight=A,D,L,N _sklearn_output_config=D,S _sklearn_version=N,S bootstrap=A,N ccp_alpha=A,N
class_weight=A,D,L,N,S classes_=A,D,L,N,S,T criterion=A,N,S estimator=E estimator_=E estimator_params=A,D,L,N,S,T
estimators_=A,D,E,L,N feature_names_in_=T max_depth=A,N max_features=A,N,S max_leaf_nodes=A,N max_samples=A,N
min_impurity_decrease=A,N min_samples_leaf=A,N min_samples_split=A,N min_weight_fraction_leaf=A,N
monotonic_cst=A,L,N,S,T n_classes_=A,D,L,N n_estimators=A,N n_features_in_=N n_jobs=A,N n_outputs_=A,D,L,N
oob_score=A,M,N random_state=A,N,X verbose=A,N warm_start=A,N
""",
    "sklearn.ensemble._forest:ExtraTreesRegressor": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_samples=A,D,L,N _n_samples_bootstrap=A,D,L,N
_sample_weight=A,D,L,N _sklearn_output_config=D,S _sklearn_version=N,S bootstrap=A,N ccp_alpha=A,N
class_weight=A,D,L,N criterion=A,N,S estimator=E estimator_=E estimator_params=A,D,L,N,S,T estimators_=A,D,E,L,N
feature_names_in_=T max_depth=A,N max_features=A,N,S max_leaf_nodes=A,N max_samples=A,N min_impurity_decrease=A,N
min_samples_leaf=A,N min_samples_split=A,N min_weight_fraction_leaf=A,N monotonic_cst=A,L,N,S,T n_estimators=A,N
n_features_in_=N n_jobs=A,N n_outputs_=A,D,L,N oob_score=A,M,N random_state=A,N,X verbose=A,N warm_start=A,N
""",
    "sklearn.ensemble._forest:RandomForestClassifier": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_samples=A,D,L,N _n_samples_bootstrap=A,D,L,N
_sample_weight=A,D,L,N _sklearn_output_config=D,S _sklearn_version=N,S bootstrap=A,N ccp_alpha=A,N
class_weight=A,D,L,N,S classes_=A,D,L,N,S,T criterion=A,N,S estimator=E estimator_=E estimator_params=A,D,L,N,S,T
estimators_=A,D,E,L,N feature_names_in_=T max_depth=A,N max_features=A,N,S max_leaf_nodes=A,N max_samples=A,N
min_impurity_decrease=A,N min_samples_leaf=A,N min_samples_split=A,N min_weight_fraction_leaf=A,N
monotonic_cst=A,L,N,S,T n_classes_=A,D,L,N n_estimators=A,N n_features_in_=N n_jobs=A,N n_outputs_=A,D,L,N
oob_decision_function_=A,D,L,N oob_score=A,M,N oob_score_=A,D,L,N random_state=A,N,X verbose=A,N warm_start=A,N
""",
    "sklearn.ensemble._forest:RandomForestRegressor": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_samples=A,D,L,N _n_samples_bootstrap=A,D,L,N
_sample_weight=A,D,L,N _sklearn_output_config=D,S _sklearn_version=N,S bootstrap=A,N ccp_alpha=A,N
class_weight=A,D,L,N criterion=A,N,S estimator=E estimator_=E estimator_params=A,D,L,N,S,T estimators_=A,D,E,L,N
feature_names_in_=T max_depth=A,N max_features=A,N,S max_leaf_nodes=A,N max_samples=A,N min_impurity_decrease=A,N
min_samples_leaf=A,N min_samples_split=A,N min_weight_fraction_leaf=A,N monotonic_cst=A,L,N,S,T n_estimators=A,N
n_features_in_=N n_jobs=A,N n_outputs_=A,D,L,N oob_prediction_=A,D,L,N oob_score=A,M,N oob_score_=A,D,L,N
random_state=A,N,X verbose=A,N warm_start=A,N
""",
    "sklearn.ensemble._forest:RandomTreesEmbedding": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N _n_samples=A,D,L,N
_n_samples_bootstrap=A,D,L,N _sample_weight=A,D,L,N _sklearn_output_config=D,S _sklearn_version=N,S bootstrap=A,D,L,N
class_weight=A,D,L,N estimator=E estimator_=E estimator_params=A,D,L,N,S,T estimators_=A,D,E,L,N feature_names_in_=T
max_depth=A,N max_leaf_nodes=A,N max_samples=A,D,L,N min_impurity_decrease=A,N min_samples_leaf=A,N
min_samples_split=A,N min_weight_fraction_leaf=A,N n_estimators=A,N n_features_in_=N n_jobs=A,N n_outputs_=A,D,L,N
one_hot_encoder_=E oob_score=A,D,L,M,N random_state=A,N,X sparse_output=A,N verbose=A,N warm_start=A,N
""",
    "sklearn.ensemble._gb:GradientBoostingClassifier": """
_loss=U _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _rng=N,X _sklearn_output_config=D,S
_sklearn_version=N,S alpha=A,D,L,N ccp_alpha=A,N classes_=A,D,L,N,S,T criterion=A,N,S estimators_=E,O
feature_names_in_=T init=A,E,N,S init_=A,D,E,L,N,S,T learning_rate=A,N loss=A,N,S max_depth=A,N max_features=A,N,S
max_features_=A,D,L,N max_leaf_nodes=A,N min_impurity_decrease=A,N min_samples_leaf=A,N min_samples_split=A,N
min_weight_fraction_leaf=A,N n_classes_=A,D,L,N n_estimators=A,N n_estimators_=A,D,L,N n_features_in_=N
n_iter_no_change=A,N n_trees_per_iteration_=A,D,L,N oob_improvement_=A,D,L,N oob_score_=A,D,L,N oob_scores_=A,D,L,N
random_state=A,N,X subsample=A,N tol=A,N train_score_=A,D,L,N validation_fraction=A,N verbose=A,N warm_start=A,N
""",
    "sklearn.ensemble._gb:GradientBoostingRegressor": """
_loss=U _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _rng=N,X _sklearn_output_config=D,S
_sklearn_version=N,S alpha=A,N ccp_alpha=A,N criterion=A,N,S estimators_=E,O feature_names_in_=T init=A,E,N,S
init_=A,D,E,L,N,S,T learning_rate=A,N loss=A,N,S max_depth=A,N max_features=A,N,S max_features_=A,D,L,N
max_leaf_nodes=A,N min_impurity_decrease=A,N min_samples_leaf=A,N min_samples_split=A,N min_weight_fraction_leaf=A,N
n_estimators=A,N n_estimators_=A,D,L,N n_features_in_=N n_iter_no_change=A,N n_trees_per_iteration_=A,D,L,N
random_state=A,N,X subsample=A,N tol=A,N train_score_=A,D,L,N validation_fraction=A,N verbose=A,N warm_start=A,N
""",
    "sklearn.ensemble._hist_gradient_boosting.binning:_BinMapper": """
_sklearn_version=S bin_thresholds_=A,D,L,N is_categorical=A,D,L,N is_categorical_=A,D,L,N known_categories=A,D,L,N
missing_values_bin_idx_=A,D,L,N n_bins=A,D,L,N n_bins_non_missing_=A,D,L,N n_threads=A,D,L,N random_state=A,D,L,N,X
subsample=A,D,L,N
""",
    "sklearn.ensemble._hist_gradient_boosting.gradient_boosting:HistGradientBoostingClassifier": """
_baseline_prediction=A,D,L,N _bin_mapper=@sklearn.ensemble._hist_gradient_boosting.binning:_BinMapper
_feature_subsample_rng=X _fitted_with_sw=A,D,L,N _is_categorical_remapped=A,D,L,N _label_encoder=E _loss=U
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features=A,D,L,N
_predictors=@sklearn.ensemble._hist_gradient_boosting.predictor:TreePredictor,A,D,L,N _preprocessor=A,D,E,L,N
_random_seed=A,D,L,N _raw_predict=@builtins:getattr _scorer=A,D,L,N,W _sklearn_output_config=D,S _sklearn_version=N,S
_use_validation_data=A,D,L,N categorical_features=A,L,N,S,T class_weight=A,D,N,S classes_=A,D,L,N,S,T
do_early_stopping_=A,D,L,N early_stopping=A,N,S feature_names_in_=T interaction_cst=A,L,N,S,Z is_categorical_=A,D,L,N
l2_regularization=A,N learning_rate=A,N loss=A,N,S max_bins=A,N max_depth=A,N max_features=A,N max_iter=A,N
max_leaf_nodes=A,N min_samples_leaf=A,N monotonic_cst=A,D,L,N,S,T n_features_in_=N n_iter_no_change=A,N
n_trees_per_iteration_=A,D,L,N random_state=A,N,X scoring=A,D,L,M,N,S,W tol=A,N train_score_=A,D,L,N
validation_fraction=A,N validation_score_=A,D,L,N verbose=A,N warm_start=A,N
""",
    "sklearn.ensemble._hist_gradient_boosting.gradient_boosting:HistGradientBoostingRegressor": """
_baseline_prediction=A,D,L,N _bin_mapper=@sklearn.ensemble._hist_gradient_boosting.binning:_BinMapper
_feature_subsample_rng=X _is_categorical_remapped=A,D,L,N _loss=U
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features=A,D,L,N
_predictors=@sklearn.ensemble._hist_gradient_boosting.predictor:TreePredictor,A,D,L,N _preprocessor=A,D,E,L,N
_random_seed=A,D,L,N _raw_predict=@builtins:getattr _scorer=A,D,L,N,W _sklearn_output_config=D,S _sklearn_version=N,S
_use_validation_data=A,D,L,N categorical_features=A,L,N,S,T do_early_stopping_=A,D,L,N early_stopping=A,N,S
feature_names_in_=T interaction_cst=A,L,N,S,Z is_categorical_=A,D,L,N l2_regularization=A,N learning_rate=A,N
loss=A,N,S max_bins=A,N max_depth=A,N max_features=A,N max_iter=A,N max_leaf_nodes=A,N min_samples_leaf=A,N
monotonic_cst=A,D,L,N,S,T n_features_in_=N n_iter_no_change=A,N n_trees_per_iteration_=A,D,L,N quantile=A,N
random_state=A,N,X scoring=A,D,L,M,N,S,W tol=A,N train_score_=A,D,L,N validation_fraction=A,N
validation_score_=A,D,L,N verbose=A,N warm_start=A,N
""",
    "sklearn.ensemble._hist_gradient_boosting.predictor:TreePredictor": """
binned_left_cat_bitsets=A nodes=R raw_left_cat_bitsets=A
""",
    "sklearn.ensemble._iforest:IsolationForest": """
_average_path_length_per_tree=A,D,L,N _decision_path_lengths=A,D,L,N _max_features=A,D,L,N _max_samples=A,D,L,N
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_samples=A,D,L,N _sample_weight=A,D,L,N
_seeds=A,D,L,N _sklearn_output_config=D,S _sklearn_version=N,S bootstrap=A,N bootstrap_features=A,D,L,N
contamination=A,N,S estimator=A,D,E,L,N estimator_=E estimator_params=A,D,L,N estimators_=A,D,E,L,N
estimators_features_=A,D,L,N feature_names_in_=T max_features=A,N max_samples=A,N,S max_samples_=A,D,L,N
n_estimators=A,N n_features_in_=N n_jobs=A,N offset_=A,D,L,N oob_score=A,D,L,M,N random_state=A,N,X verbose=A,N
warm_start=A,N
""",
    "sklearn.ensemble._stacking:StackingClassifier": """
_label_encoder=E _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_feature_outs=A,D,L,N
_sklearn_output_config=D,S _sklearn_version=N,S classes_=A,D,L,N,S,T cv=A,L,N,P,S estimators=A,E,L,N,S
estimators_=A,D,E,L,N feature_names_in_=T final_estimator=A,E,N final_estimator_=E n_features_in_=N n_jobs=A,N
named_estimators_=@sklearn.utils._bunch:Bunch passthrough=A,N stack_method=A,N,S stack_method_=A,D,L,N,S,T
verbose=A,N
""",
    "sklearn.ensemble._stacking:StackingRegressor": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_feature_outs=A,D,L,N
_sklearn_output_config=D,S _sklearn_version=N,S cv=A,L,N,P,S estimators=A,E,L,N,S estimators_=A,D,E,L,N
feature_names_in_=T final_estimator=A,E,N final_estimator_=E n_features_in_=N n_jobs=A,N
named_estimators_=@sklearn.utils._bunch:Bunch passthrough=A,N stack_method=A,D,L,N,S,T stack_method_=A,D,L,N,S,T
verbose=A,N
""",
    "sklearn.ensemble._voting:VotingClassifier": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
classes_=A,D,L,N,S,T estimators=A,E,L,N,S estimators_=A,D,E,L,N feature_names_in_=T flatten_transform=A,N le_=E
n_features_in_=N n_jobs=A,N named_estimators_=@sklearn.utils._bunch:Bunch verbose=A,N voting=A,N,S weights=A,L,N,S,T
""",
    "sklearn.ensemble._voting:VotingRegressor": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
estimators=A,E,L,N,S estimators_=A,D,E,L,N feature_names_in_=T n_features_in_=N n_jobs=A,N
named_estimators_=@sklearn.utils._bunch:Bunch verbose=A,N weights=A,L,N,S,T
""",
    "sklearn.ensemble._weight_boosting:AdaBoostClassifier": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
classes_=A,D,L,N,S,T estimator=A,E,N estimator_=E estimator_errors_=A,D,L,N estimator_params=A,D,L,N
estimator_weights_=A,D,L,N estimators_=A,D,E,L,N feature_names_in_=T learning_rate=A,N n_classes_=A,D,L,N
n_estimators=A,N n_features_in_=N random_state=A,N,X
""",
    "sklearn.ensemble._weight_boosting:AdaBoostRegressor": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
estimator=A,E,N estimator_=E estimator_errors_=A,D,L,N estimator_params=A,D,L,N estimator_weights_=A,D,L,N
estimators_=A,D,E,L,N feature_names_in_=T learning_rate=A,N loss=A,N,S n_estimators=A,N n_features_in_=N
random_state=A,N,X
""",
    "sklearn.feature_extraction._dict_vectorizer:DictVectorizer": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
dtype=A,N,S,Y feature_names_=A,D,L,N,S,T feature_names_in_=T n_features_in_=N separator=A,N,S sort=A,N sparse=A,N
vocabulary_=A,D,L,N
""",
    "sklearn.feature_extraction._hash:FeatureHasher": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alternate_sign=A,N dtype=A,N,S,Y feature_names_in_=T input_type=A,N,S n_features=A,N n_features_in_=N
""",
    "sklearn.feature_extraction.image:PatchExtractor": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
feature_names_in_=T max_patches=A,N n_features_in_=N patch_size=A,L,N,S random_state=A,N,X
""",
    "sklearn.feature_extraction.text:CountVectorizer": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
_stop_words_id=A,D,L,N analyzer=A,N,S,S2 binary=A,N decode_error=A,N,S dtype=A,N,S,Y encoding=A,N,S
feature_names_in_=T fixed_vocabulary_=A,D,L,N input=A,N,S lowercase=A,N max_df=A,N max_features=A,N min_df=A,N
n_features_in_=N ngram_range=A,L,N,S preprocessor=A,N,S2 stop_words=A,L,N,S,Z strip_accents=A,N,S token_pattern=A,N,S
tokenizer=A,N,S2 vocabulary=A,D,E,L,N,S,T,Z vocabulary_=A,D,L,N
""",
    "sklearn.feature_extraction.text:HashingVectorizer": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
_stop_words_id=A,D,L,N alternate_sign=A,N analyzer=A,N,S,S2 binary=A,N decode_error=A,N,S dtype=A,N,S,Y
encoding=A,N,S feature_names_in_=T input=A,N,S lowercase=A,N n_features=A,N n_features_in_=N ngram_range=A,L,N,S
norm=A,N,S preprocessor=A,N,S2 stop_words=A,L,N,S,Z strip_accents=A,N,S token_pattern=A,N,S tokenizer=A,N,S2
""",
    "sklearn.feature_extraction.text:TfidfTransformer": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
feature_names_in_=T idf_=A,D,L,N n_features_in_=N norm=A,N,S smooth_idf=A,N sublinear_tf=A,N use_idf=A,N
""",
    "sklearn.feature_extraction.text:TfidfVectorizer": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
_stop_words_id=A,D,L,N _tfidf=E analyzer=A,N,S,S2 binary=A,N decode_error=A,N,S dtype=A,N,S,Y encoding=A,N,S
feature_names_in_=T fixed_vocabulary_=A,D,L,N input=A,N,S lowercase=A,N max_df=A,N max_features=A,N min_df=A,N
n_features_in_=N ngram_range=A,L,N,S norm=A,N,S preprocessor=A,N,S2 smooth_idf=A,N stop_words=A,L,N,S,Z
strip_accents=A,N,S sublinear_tf=A,N token_pattern=A,N,S tokenizer=A,N,S2 use_idf=A,N vocabulary=A,D,E,L,N,S,T,Z
vocabulary_=A,D,L,N
""",
    "sklearn.feature_selection._from_model:SelectFromModel": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
estimator=A,E,N estimator_=E feature_names_in_=T importance_getter=A,N,S max_features=A,N max_features_=A,D,L,N
n_features_in_=N norm_order=A,N prefit=A,N threshold=A,N,S
""",
    "sklearn.feature_selection._rfe:RFE": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
estimator=A,E,N estimator_=E feature_names_in_=T importance_getter=A,N,S n_features_=A,D,L,N n_features_in_=N
n_features_to_select=A,N ranking_=A,D,L,N step=A,N support_=A,D,L,N verbose=A,N
""",
    "sklearn.feature_selection._rfe:RFECV": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
cv=A,L,N,P cv_results_=A,D,L,N estimator=A,E,N estimator_=E feature_names_in_=T importance_getter=A,N,S
min_features_to_select=A,N n_features_=A,D,L,N n_features_in_=N n_jobs=A,N ranking_=A,D,L,N scoring=A,D,L,M,N,S,W
step=A,N support_=A,D,L,N verbose=A,N
""",
    "sklearn.feature_selection._sequential:SequentialFeatureSelector": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
cv=A,L,N,P direction=A,N,S estimator=A,E,N feature_names_in_=T n_features_in_=N n_features_to_select=A,N,S
n_features_to_select_=A,D,L,N n_jobs=A,N scoring=A,D,L,M,N,S,W support_=A,D,L,N tol=A,N
""",
    "sklearn.feature_selection._univariate_selection:GenericUnivariateSelect": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
feature_names_in_=T mode=A,N,S n_features_in_=N param=A,N,S pvalues_=A,D,L,N score_func=A,C,N scores_=A,D,L,N
""",
    "sklearn.feature_selection._univariate_selection:SelectFdr": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha=A,N feature_names_in_=T n_features_in_=N pvalues_=A,D,L,N score_func=A,C,N scores_=A,D,L,N
""",
    "sklearn.feature_selection._univariate_selection:SelectFpr": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha=A,N feature_names_in_=T n_features_in_=N pvalues_=A,D,L,N score_func=A,C,N scores_=A,D,L,N
""",
    "sklearn.feature_selection._univariate_selection:SelectFwe": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha=A,N feature_names_in_=T n_features_in_=N pvalues_=A,D,L,N score_func=A,C,N scores_=A,D,L,N
""",
    "sklearn.feature_selection._univariate_selection:SelectKBest": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
feature_names_in_=T k=A,N,S n_features_in_=N pvalues_=A,D,L,N score_func=A,C,N scores_=A,D,L,N
""",
    "sklearn.feature_selection._univariate_selection:SelectPercentile": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
feature_names_in_=T n_features_in_=N percentile=A,N pvalues_=A,D,L,N score_func=A,C,N scores_=A,D,L,N
""",
    "sklearn.feature_selection._variance_threshold:VarianceThreshold": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
feature_names_in_=T n_features_in_=N threshold=A,N variances_=A,D,L,N
""",
    "sklearn.frozen._frozen:FrozenEstimator": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
estimator=A,E,N feature_names_in_=T n_features_in_=N
""",
    "sklearn.gaussian_process._gpc:GaussianProcessClassifier": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
base_estimator_=@sklearn.gaussian_process._gpc:_BinaryGaussianProcessClassifierLaplace,E classes_=A,D,L,N,S,T
copy_X_train=A,N feature_names_in_=T kernel=A,G,N log_marginal_likelihood_value_=A,D,L,N max_iter_predict=A,N
multi_class=A,N,S n_classes_=A,D,L,N n_features_in_=N n_jobs=A,N n_restarts_optimizer=A,N optimizer=A,N,S
random_state=A,N,X warm_start=A,N
""",
    "sklearn.gaussian_process._gpc:_BinaryGaussianProcessClassifierLaplace": """
L_=A,D,L,N W_sr_=A,D,L,N X_train_=A,D,L,N _sklearn_version=S classes_=A,D,L,N,S,T copy_X_train=A,D,L,N
f_cached=A,D,L,N kernel=A,D,G,L,N kernel_=G,N log_marginal_likelihood_value_=A,D,L,N max_iter_predict=A,D,L,N
n_restarts_optimizer=A,D,L,N optimizer=A,D,L,N,S,T pi_=A,D,L,N random_state=A,D,L,N,X rng=N,X warm_start=A,D,L,N
y_train_=A,D,L,N
""",
    "sklearn.gaussian_process._gpr:GaussianProcessRegressor": """
L_=A,D,L,N X_train_=A,D,L,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _rng=N,X
_sklearn_output_config=D,S _sklearn_version=N,S _y_train_mean=A,D,L,N _y_train_std=A,D,L,N alpha=A,N alpha_=A,D,L,N
copy_X_train=A,N feature_names_in_=T kernel=A,G,N kernel_=G,N log_marginal_likelihood_value_=A,D,L,N n_features_in_=N
n_restarts_optimizer=A,N n_targets=A,N normalize_y=A,N optimizer=A,N,S random_state=A,N,X y_train_=A,D,L,N
""",
    "sklearn.gaussian_process.kernels:CompoundKernel": """
kernels=G,L
""",
    "sklearn.gaussian_process.kernels:ConstantKernel": """
constant_value=A,L,N,S constant_value_bounds=A,L,N,S
""",
    "sklearn.gaussian_process.kernels:DotProduct": """
sigma_0=A,L,N,S sigma_0_bounds=A,L,N,S
""",
    "sklearn.gaussian_process.kernels:ExpSineSquared": """
length_scale=A,L,N,S length_scale_bounds=A,L,N,S periodicity=A,L,N,S periodicity_bounds=A,L,N,S
""",
    "sklearn.gaussian_process.kernels:Exponentiation": """
exponent=N kernel=G,N
""",
    "sklearn.gaussian_process.kernels:Matern": """
length_scale=A,L,N,S length_scale_bounds=A,L,N,S nu=N
""",
    "sklearn.gaussian_process.kernels:PairwiseKernel": """
gamma=A,L,N,S gamma_bounds=A,L,N,S metric=N,S pairwise_kernels_kwargs=N
""",
    "sklearn.gaussian_process.kernels:Product": """
k1=G k2=G
""",
    "sklearn.gaussian_process.kernels:RBF": """
length_scale=A,L,N,S length_scale_bounds=A,L,N,S
""",
    "sklearn.gaussian_process.kernels:RationalQuadratic": """
alpha=A,L,N,S alpha_bounds=A,L,N,S length_scale=A,L,N,S length_scale_bounds=A,L,N,S
""",
    "sklearn.gaussian_process.kernels:Sum": """
k1=G k2=G
""",
    "sklearn.gaussian_process.kernels:WhiteKernel": """
noise_level=A,L,N,S noise_level_bounds=A,L,N,S
""",
    "sklearn.impute._base:MissingIndicator": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features=A,D,L,N _precomputed=A,D,L,N
_sklearn_output_config=D,N,S _sklearn_version=N,S error_on_new=A,N feature_names_in_=T features=A,N,S
features_=A,D,L,N missing_values=A,K,N,S n_features_in_=N sparse=A,N,S
""",
    "sklearn.impute._base:SimpleImputer": """
_fill_dtype=Y _fit_dtype=Y _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_sklearn_output_config=D,N,S _sklearn_version=N,S add_indicator=A,N copy=A,N feature_names_in_=T fill_value=A,N,S
indicator_=A,D,E,L,N keep_empty_features=A,N missing_values=A,K,N,S n_features_in_=N statistics_=A,D,L,N,S,T
strategy=A,N,S
""",
    "sklearn.impute._iterative:IterativeImputer": """
_estimator=E _is_empty_feature=A,D,L,N _max_value=A,D,L,N
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _min_value=A,D,L,N _sklearn_output_config=D,N,S
_sklearn_version=N,S add_indicator=A,N estimator=A,E,N feature_names_in_=T fill_value=A,N imputation_order=A,N,S
imputation_sequence_=@sklearn.impute._iterative:_ImputerTriplet,A,D,L,N indicator_=A,D,E,L,N initial_imputer_=E
initial_strategy=A,N,S keep_empty_features=A,N max_iter=A,N max_value=A,L,N,S,T min_value=A,L,N,S,T
missing_values=A,K,N,S n_features_in_=N n_features_with_missing_=A,D,L,N n_iter_=A,D,L,N n_nearest_features=A,N
random_state=A,N,X random_state_=N,X sample_posterior=A,N skip_complete=A,N tol=A,N verbose=A,N
""",
    "sklearn.impute._iterative:_ImputerTriplet": "",
    "sklearn.impute._knn:KNNImputer": """
_fit_X=A,D,L,N,V _mask_fit_X=A,D,L,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_sklearn_output_config=D,N,S _sklearn_version=N,S _valid_mask=A,D,L,N add_indicator=A,N copy=A,N feature_names_in_=T
indicator_=A,D,E,L,N keep_empty_features=A,N metric=A,N,S missing_values=A,K,N,S n_features_in_=N n_neighbors=A,N
weights=A,N,S
""",
    "sklearn.isotonic:IsotonicRegression": """
X_max_=A,D,L,N X_min_=A,D,L,N X_thresholds_=A,D,L,N
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
feature_names_in_=T increasing=A,N,S increasing_=A,D,L,N n_features_in_=N out_of_bounds=A,N,S y_max=A,N y_min=A,N
y_thresholds_=A,D,L,N
""",
    "sklearn.kernel_approximation:AdditiveChi2Sampler": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
feature_names_in_=T n_features_in_=N sample_interval=A,N sample_interval_=N sample_steps=A,N
""",
    "sklearn.kernel_approximation:Nystroem": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N
_sklearn_output_config=D,N,S _sklearn_version=N,S coef0=A,N component_indices_=A,D,L,N components_=A,D,L,N,V
degree=A,N feature_names_in_=T gamma=A,N kernel=A,N,S kernel_params=A,D,N,S n_components=A,N n_features_in_=N
n_jobs=A,N normalization_=A,D,L,N random_state=A,N,X
""",
    "sklearn.kernel_approximation:PolynomialCountSketch": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N
_sklearn_output_config=D,N,S _sklearn_version=N,S bitHash_=A,D,L,N coef0=A,N degree=A,N feature_names_in_=T gamma=A,N
indexHash_=A,D,L,N n_components=A,N n_features_in_=N random_state=A,N,X
""",
    "sklearn.kernel_approximation:RBFSampler": """
_gamma=A,D,L,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N
_sklearn_output_config=D,N,S _sklearn_version=N,S feature_names_in_=T gamma=A,N,S n_components=A,N n_features_in_=N
random_offset_=A,D,L,N random_state=A,N,X random_weights_=A,D,L,N
""",
    "sklearn.kernel_approximation:SkewedChi2Sampler": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N
_sklearn_output_config=D,N,S _sklearn_version=N,S feature_names_in_=T n_components=A,N n_features_in_=N
random_offset_=A,D,L,N random_state=A,N,X random_weights_=A,D,L,N skewedness=A,N
""",
    "sklearn.kernel_ridge:KernelRidge": """
X_fit_=A,D,L,N,V _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S
_sklearn_version=N,S alpha=A,L,N,S,T coef0=A,N degree=A,N dual_coef_=A,D,L,N,V feature_names_in_=T gamma=A,N
kernel=A,N,S kernel_params=A,D,N,S n_features_in_=N
""",
    "sklearn.linear_model._base:LinearRegression": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
coef_=A,D,L,N,V copy_X=A,N feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N n_features_in_=N n_jobs=A,N
positive=A,N rank_=A,D,L,N singular_=A,D,L,N tol=A,N
""",
    "sklearn.linear_model._bayes:ARDRegression": """
X_offset_=A,D,L,N X_scale_=A,D,L,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_sklearn_output_config=D,S _sklearn_version=N,S alpha_=A,D,L,N alpha_1=A,N alpha_2=A,N coef_=A,D,L,N,V
compute_score=A,N copy_X=A,N feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N lambda_=A,D,L,N lambda_1=A,N
lambda_2=A,N max_iter=A,N n_features_in_=N n_iter_=A,D,L,N scores_=A,D,L,N sigma_=A,D,L,N threshold_lambda=A,N
tol=A,N verbose=A,N
""",
    "sklearn.linear_model._bayes:BayesianRidge": """
X_offset_=A,D,L,N X_scale_=A,D,L,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_sklearn_output_config=D,S _sklearn_version=N,S alpha_=A,D,L,N alpha_1=A,N alpha_2=A,N alpha_init=A,N coef_=A,D,L,N,V
compute_score=A,N copy_X=A,N feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N lambda_=A,D,L,N lambda_1=A,N
lambda_2=A,N lambda_init=A,N max_iter=A,N n_features_in_=N n_iter_=A,D,L,N scores_=A,D,L,N sigma_=A,D,L,N tol=A,N
verbose=A,N
""",
    "sklearn.linear_model._coordinate_descent:ElasticNet": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha=A,N coef_=A,D,L,N,V copy_X=A,N dual_gap_=A,D,L,N feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N
l1_ratio=A,N max_iter=A,N n_features_in_=N n_iter_=A,D,L,N positive=A,N precompute=A,L,N,S,T random_state=A,N,X
selection=A,N,S tol=A,N warm_start=A,N
""",
    "sklearn.linear_model._coordinate_descent:ElasticNetCV": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha_=A,D,L,N alphas=A,L,N,S,T alphas_=A,D,L,N coef_=A,D,L,N,V copy_X=A,N cv=A,L,N,P dual_gap_=A,D,L,N eps=A,N
feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N l1_ratio=A,L,N,S,T l1_ratio_=A,D,L,N max_iter=A,N
mse_path_=A,D,L,N n_features_in_=N n_iter_=A,D,L,N n_jobs=A,N positive=A,N precompute=A,L,N,S,T random_state=A,N,X
selection=A,N,S tol=A,N verbose=A,N
""",
    "sklearn.linear_model._coordinate_descent:Lasso": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha=A,N coef_=A,D,L,N,V copy_X=A,N dual_gap_=A,D,L,N feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N
l1_ratio=A,D,L,N max_iter=A,N n_features_in_=N n_iter_=A,D,L,N positive=A,N precompute=A,L,N,S,T random_state=A,N,X
selection=A,N,S tol=A,N warm_start=A,N
""",
    "sklearn.linear_model._coordinate_descent:LassoCV": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha_=A,D,L,N alphas=A,L,N,S,T alphas_=A,D,L,N coef_=A,D,L,N,V copy_X=A,N cv=A,L,N,P dual_gap_=A,D,L,N eps=A,N
feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N max_iter=A,N mse_path_=A,D,L,N n_features_in_=N
n_iter_=A,D,L,N n_jobs=A,N positive=A,N precompute=A,L,N,S,T random_state=A,N,X selection=A,N,S tol=A,N verbose=A,N
""",
    "sklearn.linear_model._coordinate_descent:MultiTaskElasticNet": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha=A,N coef_=A,D,L,N,V copy_X=A,N dual_gap_=A,D,L,N eps_=A,D,L,N feature_names_in_=T fit_intercept=A,N
intercept_=A,D,L,N l1_ratio=A,N max_iter=A,N n_features_in_=N n_iter_=A,D,L,N random_state=A,N,X selection=A,N,S
tol=A,N warm_start=A,N
""",
    "sklearn.linear_model._coordinate_descent:MultiTaskElasticNetCV": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha_=A,D,L,N alphas=A,L,N,S,T alphas_=A,D,L,N coef_=A,D,L,N,V copy_X=A,N cv=A,L,N,P dual_gap_=A,D,L,N eps=A,N
feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N l1_ratio=A,L,N,S,T l1_ratio_=A,D,L,N max_iter=A,N
mse_path_=A,D,L,N n_features_in_=N n_iter_=A,D,L,N n_jobs=A,N random_state=A,N,X selection=A,N,S tol=A,N verbose=A,N
""",
    "sklearn.linear_model._coordinate_descent:MultiTaskLasso": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha=A,N coef_=A,D,L,N,V copy_X=A,N dual_gap_=A,D,L,N eps_=A,D,L,N feature_names_in_=T fit_intercept=A,N
intercept_=A,D,L,N l1_ratio=A,D,L,N max_iter=A,N n_features_in_=N n_iter_=A,D,L,N random_state=A,N,X selection=A,N,S
tol=A,N warm_start=A,N
""",
    "sklearn.linear_model._coordinate_descent:MultiTaskLassoCV": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha_=A,D,L,N alphas=A,L,N,S,T alphas_=A,D,L,N coef_=A,D,L,N,V copy_X=A,N cv=A,L,N,P dual_gap_=A,D,L,N eps=A,N
feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N max_iter=A,N mse_path_=A,D,L,N n_features_in_=N
n_iter_=A,D,L,N n_jobs=A,N positive=A,D,L,N precompute=A,D,L,N,S,T random_state=A,N,X selection=A,N,S tol=A,N
verbose=A,N
""",
    "sklearn.linear_model._glm.glm:GammaRegressor": """
_base_loss=U _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S
_sklearn_version=N,S alpha=A,N coef_=A,D,L,N,V feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N max_iter=A,N
n_features_in_=N n_iter_=A,D,L,N solver=A,N,S tol=A,N verbose=A,N warm_start=A,N
""",
    "sklearn.linear_model._glm.glm:PoissonRegressor": """
_base_loss=U _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S
_sklearn_version=N,S alpha=A,N coef_=A,D,L,N,V feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N max_iter=A,N
n_features_in_=N n_iter_=A,D,L,N solver=A,N,S tol=A,N verbose=A,N warm_start=A,N
""",
    "sklearn.linear_model._glm.glm:TweedieRegressor": """
_base_loss=U _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S
_sklearn_version=N,S alpha=A,N coef_=A,D,L,N,V feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N link=A,N,S
max_iter=A,N n_features_in_=N n_iter_=A,D,L,N power=A,N solver=A,N,S tol=A,N verbose=A,N warm_start=A,N
""",
    "sklearn.linear_model._huber:HuberRegressor": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha=A,N coef_=A,D,L,N,V epsilon=A,N feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N max_iter=A,N
n_features_in_=N n_iter_=A,D,L,N outliers_=A,D,L,N scale_=A,D,L,N tol=A,N warm_start=A,N
""",
    "sklearn.linear_model._least_angle:Lars": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
active_=A,D,L,N alphas_=A,D,L,N coef_=A,D,L,N,V coef_path_=A,D,L,N copy_X=A,N eps=A,N feature_names_in_=T
fit_intercept=A,N fit_path=A,N intercept_=A,D,L,N jitter=A,N n_features_in_=N n_iter_=A,D,L,N n_nonzero_coefs=A,N
precompute=A,N,S random_state=A,N,X verbose=A,N
""",
    "sklearn.linear_model._least_angle:LarsCV": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
active_=A,D,L,N alpha_=A,D,L,N alphas_=A,D,L,N coef_=A,D,L,N,V coef_path_=A,D,L,N copy_X=A,N cv=A,L,N,P
cv_alphas_=A,D,L,N eps=A,N feature_names_in_=T fit_intercept=A,N fit_path=A,D,L,N intercept_=A,D,L,N jitter=A,D,L,N
max_iter=A,N max_n_alphas=A,N mse_path_=A,D,L,N n_features_in_=N n_iter_=A,D,L,N n_jobs=A,N n_nonzero_coefs=A,D,L,N
precompute=A,N,S random_state=A,D,L,N,X verbose=A,N
""",
    "sklearn.linear_model._least_angle:LassoLars": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
active_=A,D,L,N alpha=A,N alphas_=A,D,L,N coef_=A,D,L,N,V coef_path_=A,D,L,N copy_X=A,N eps=A,N feature_names_in_=T
fit_intercept=A,N fit_path=A,N intercept_=A,D,L,N jitter=A,N max_iter=A,N n_features_in_=N n_iter_=A,D,L,N
positive=A,N precompute=A,N,S random_state=A,N,X verbose=A,N
""",
    "sklearn.linear_model._least_angle:LassoLarsCV": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
active_=A,D,L,N alpha_=A,D,L,N alphas_=A,D,L,N coef_=A,D,L,N,V coef_path_=A,D,L,N copy_X=A,N cv=A,L,N,P
cv_alphas_=A,D,L,N eps=A,N feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N max_iter=A,N max_n_alphas=A,N
mse_path_=A,D,L,N n_features_in_=N n_iter_=A,D,L,N n_jobs=A,N positive=A,N precompute=A,N,S verbose=A,N
""",
    "sklearn.linear_model._least_angle:LassoLarsIC": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha_=A,D,L,N alphas_=A,D,L,N coef_=A,D,L,N,V copy_X=A,N criterion=A,N,S criterion_=A,D,L,N eps=A,N
feature_names_in_=T fit_intercept=A,N fit_path=A,D,L,N intercept_=A,D,L,N max_iter=A,N n_features_in_=N
n_iter_=A,D,L,N noise_variance=A,N noise_variance_=A,D,L,N positive=A,N precompute=A,N,S verbose=A,N
""",
    "sklearn.linear_model._logistic:LogisticRegression": """
C=A,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S
_sklearn_version=N,S class_weight=A,D,N,S classes_=A,D,L,N,S,T coef_=A,D,L,N,V dual=A,N feature_names_in_=T
fit_intercept=A,N intercept_=A,D,L,N intercept_scaling=A,N l1_ratio=A,N max_iter=A,N n_features_in_=N n_iter_=A,D,L,N
n_jobs=A,N penalty=A,N,S random_state=A,N,X solver=A,N,S tol=A,N verbose=A,N warm_start=A,N
""",
    "sklearn.linear_model._logistic:LogisticRegressionCV": """
C_=A,D,L,N Cs=A,L,N,S,T Cs_=A,D,L,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_sklearn_output_config=D,S _sklearn_version=N,S class_weight=A,D,N,S classes_=A,D,L,N,S,T coef_=A,D,L,N,V
coefs_paths_=A,D,L,N cv=A,L,N,P dual=A,N feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N
intercept_scaling=A,N l1_ratio_=A,D,L,N,S,T l1_ratios=A,L,N,S,T l1_ratios_=A,D,L,N,S,T max_iter=A,N n_features_in_=N
n_iter_=A,D,L,N n_jobs=A,N penalty=A,N,S random_state=A,N,X refit=A,N scores_=A,D,L,N scoring=A,D,L,M,N,S,W
solver=A,N,S tol=A,N use_legacy_attributes=A,N,S verbose=A,N
""",
    "sklearn.linear_model._omp:OrthogonalMatchingPursuit": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
coef_=A,D,L,N,V feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N n_features_in_=N n_iter_=A,D,L,N
n_nonzero_coefs=A,N n_nonzero_coefs_=A,D,L,N precompute=A,N,S tol=A,N
""",
    "sklearn.linear_model._omp:OrthogonalMatchingPursuitCV": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
coef_=A,D,L,N,V copy=A,N cv=A,L,N,P feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N max_iter=A,N
n_features_in_=N n_iter_=A,D,L,N n_jobs=A,N n_nonzero_coefs_=A,D,L,N verbose=A,N
""",
    "sklearn.linear_model._passive_aggressive:PassiveAggressiveClassifier": """
C=A,N _average_coef=A,D,L,N _average_intercept=A,D,L,N _expanded_class_weight=A,D,L,N _loss_function_=B2
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
_standard_coef=A,D,L,N _standard_intercept=A,D,L,N alpha=A,D,L,N average=A,N class_weight=A,D,N,S
classes_=A,D,L,N,S,T coef_=A,D,L,N,V early_stopping=A,N epsilon=A,D,L,N eta0=A,D,L,N feature_names_in_=T
fit_intercept=A,N intercept_=A,D,L,N l1_ratio=A,D,L,N learning_rate=A,D,L,N,S,T loss=A,N,S loss_function_=B2
max_iter=A,N n_features_in_=N n_iter_=A,D,L,N n_iter_no_change=A,N n_jobs=A,N penalty=A,D,L,N power_t=A,D,L,N
random_state=A,N,X shuffle=A,N t_=A,D,L,N tol=A,N validation_fraction=A,N verbose=A,N warm_start=A,N
""",
    "sklearn.linear_model._passive_aggressive:PassiveAggressiveRegressor": """
C=A,N _average_coef=A,D,L,N _average_intercept=A,D,L,N
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
_standard_coef=A,D,L,N _standard_intercept=A,D,L,N alpha=A,D,L,N average=A,N coef_=A,D,L,N,V early_stopping=A,N
epsilon=A,N eta0=A,D,L,N feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N l1_ratio=A,D,L,N
learning_rate=A,D,L,N,S,T loss=A,N,S max_iter=A,N n_features_in_=N n_iter_=A,D,L,N n_iter_no_change=A,N
penalty=A,D,L,N power_t=A,D,L,N random_state=A,N,X shuffle=A,N t_=A,D,L,N tol=A,N validation_fraction=A,N verbose=A,N
warm_start=A,N
""",
    "sklearn.linear_model._perceptron:Perceptron": """
_expanded_class_weight=A,D,L,N _loss_function_=B2 _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_sklearn_output_config=D,S _sklearn_version=N,S alpha=A,N average=A,D,L,N class_weight=A,D,N,S classes_=A,D,L,N,S,T
coef_=A,D,L,N,V early_stopping=A,N epsilon=A,D,L,N eta0=A,N feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N
l1_ratio=A,N learning_rate=A,D,L,N,S,T loss=A,D,L,N,S,T loss_function_=B2 max_iter=A,N n_features_in_=N
n_iter_=A,D,L,N n_iter_no_change=A,N n_jobs=A,N penalty=A,N,S power_t=A,D,L,N random_state=A,N,X shuffle=A,N
t_=A,D,L,N tol=A,N validation_fraction=A,N verbose=A,N warm_start=A,N
""",
    "sklearn.linear_model._quantile:QuantileRegressor": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha=A,N coef_=A,D,L,N,V feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N n_features_in_=N n_iter_=A,D,L,N
quantile=A,N solver=A,N,S solver_options=A,D,N,S
""",
    "sklearn.linear_model._ransac:RANSACRegressor": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
estimator=A,E,N estimator_=E feature_names_in_=T inlier_mask_=A,D,L,N is_data_valid=A,N is_model_valid=A,N loss=A,N,S
max_skips=A,N max_trials=A,N min_samples=A,N n_features_in_=N n_skips_invalid_data_=A,D,L,N
n_skips_invalid_model_=A,D,L,N n_skips_no_inliers_=A,D,L,N n_trials_=A,D,L,N random_state=A,N,X
residual_threshold=A,N stop_n_inliers=A,N stop_probability=A,N stop_score=A,N
""",
    "sklearn.linear_model._ridge:Ridge": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha=A,L,N,S,T coef_=A,D,L,N,V copy_X=A,N feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N max_iter=A,N
n_features_in_=N n_iter_=A,D,L,N positive=A,N random_state=A,N,X solver=A,N,S solver_=A,D,L,N,S,T tol=A,N
""",
    "sklearn.linear_model._ridge:RidgeCV": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha_=A,D,L,N alpha_per_target=A,N alphas=A,L,N,S,T best_score_=A,D,L,N coef_=A,D,L,N,V cv=A,L,N,P
cv_results_=A,D,L,N feature_names_in_=T fit_intercept=A,N gcv_mode=A,N,S intercept_=A,D,L,N n_features_in_=N
scoring=A,D,L,M,N,S,W store_cv_results=A,N
""",
    "sklearn.linear_model._ridge:RidgeClassifier": """
_label_binarizer=E _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S
_sklearn_version=N,S alpha=A,L,N,S,T class_weight=A,D,N,S classes_=A,D,L,N,S,T coef_=A,D,L,N,V copy_X=A,N
feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N max_iter=A,N n_features_in_=N n_iter_=A,D,L,N positive=A,N
random_state=A,N,X solver=A,N,S solver_=A,D,L,N,S,T tol=A,N
""",
    "sklearn.linear_model._ridge:RidgeClassifierCV": """
_label_binarizer=E _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S
_sklearn_version=N,S alpha_=A,D,L,N alpha_per_target=A,D,L,N alphas=A,L,N,S,T best_score_=A,D,L,N
class_weight=A,D,N,S classes_=A,D,L,N,S,T coef_=A,D,L,N,V cv=A,L,N,P feature_names_in_=T fit_intercept=A,N
gcv_mode=A,D,L,N intercept_=A,D,L,N n_features_in_=N scoring=A,D,L,M,N,S,W store_cv_results=A,N
""",
    "sklearn.linear_model._sgd_fast:EpsilonInsensitive": "",
    "sklearn.linear_model._sgd_fast:Hinge": "",
    "sklearn.linear_model._sgd_fast:ModifiedHuber": "",
    "sklearn.linear_model._sgd_fast:SquaredEpsilonInsensitive": "",
    "sklearn.linear_model._sgd_fast:SquaredHinge": "",
    "sklearn.linear_model._stochastic_gradient:SGDClassifier": """
_average_coef=A,D,L,N _average_intercept=A,D,L,N _expanded_class_weight=A,D,L,N
_loss_function_=@sklearn._loss._loss:CyHalfBinomialLoss,@sklearn._loss._loss:CyHalfSquaredError,@sklearn._loss._loss:CyHuberLoss,B2
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
_standard_coef=A,D,L,N _standard_intercept=A,D,L,N alpha=A,N average=A,N class_weight=A,D,N,S classes_=A,D,L,N,S,T
coef_=A,D,L,N,V early_stopping=A,N epsilon=A,N eta0=A,N feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N
l1_ratio=A,N learning_rate=A,N,S loss=A,N,S loss_function_=B2 max_iter=A,N n_features_in_=N n_iter_=A,D,L,N
n_iter_no_change=A,N n_jobs=A,N penalty=A,N,S power_t=A,N random_state=A,N,X shuffle=A,N t_=A,D,L,N tol=A,N
validation_fraction=A,N verbose=A,N warm_start=A,N
""",
    "sklearn.linear_model._stochastic_gradient:SGDOneClassSVM": """
_average_coef=A,D,L,N _average_intercept=A,D,L,N _loss_function_=B2
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
_standard_coef=A,D,L,N _standard_intercept=A,D,L,N alpha=A,D,L,N average=A,N coef_=A,D,L,N,V early_stopping=A,D,L,N
epsilon=A,D,L,N eta0=A,N feature_names_in_=T fit_intercept=A,N l1_ratio=A,D,L,N learning_rate=A,N,S loss=A,D,L,N,S,T
loss_function_=B2 max_iter=A,N n_features_in_=N n_iter_=A,D,L,N n_iter_no_change=A,D,L,N nu=A,N offset_=A,D,L,N
penalty=A,D,L,N,S,T power_t=A,N random_state=A,N,X shuffle=A,N t_=A,D,L,N tol=A,N validation_fraction=A,D,L,N
verbose=A,N warm_start=A,N
""",
    "sklearn.linear_model._stochastic_gradient:SGDRegressor": """
_average_coef=A,D,L,N _average_intercept=A,D,L,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_sklearn_output_config=D,S _sklearn_version=N,S _standard_coef=A,D,L,N _standard_intercept=A,D,L,N alpha=A,N
average=A,N coef_=A,D,L,N,V early_stopping=A,N epsilon=A,N eta0=A,N feature_names_in_=T fit_intercept=A,N
intercept_=A,D,L,N l1_ratio=A,N learning_rate=A,N,S loss=A,N,S max_iter=A,N n_features_in_=N n_iter_=A,D,L,N
n_iter_no_change=A,N penalty=A,N,S power_t=A,N random_state=A,N,X shuffle=A,N t_=A,D,L,N tol=A,N
validation_fraction=A,N verbose=A,N warm_start=A,N
""",
    "sklearn.linear_model._theil_sen:TheilSenRegressor": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
breakdown_=A,D,L,N coef_=A,D,L,N,V feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N max_iter=A,N
max_subpopulation=A,N n_features_in_=N n_iter_=A,D,L,N n_jobs=A,N n_subpopulation_=A,D,L,N n_subsamples=A,N
random_state=A,N,X tol=A,N verbose=A,N
""",
    "sklearn.manifold._classical_mds:ClassicalMDS": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
dissimilarity_matrix_=A,D,L,N eigenvalues_=A,D,L,N embedding_=A,D,L,N feature_names_in_=T metric=A,N,S
metric_params=A,D,N,S n_components=A,N n_features_in_=N
""",
    "sklearn.manifold._isomap:Isomap": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N
_sklearn_output_config=D,N,S _sklearn_version=N,S dist_matrix_=A,D,L,N eigen_solver=A,N,S embedding_=A,D,L,N
feature_names_in_=T kernel_pca_=E max_iter=A,N metric=A,N,S metric_params=A,D,N,S n_components=A,N n_features_in_=N
n_jobs=A,N n_neighbors=A,N nbrs_=E neighbors_algorithm=A,N,S p=A,N path_method=A,N,S radius=A,N tol=A,N
""",
    "sklearn.manifold._locally_linear:LocallyLinearEmbedding": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N
_sklearn_output_config=D,N,S _sklearn_version=N,S eigen_solver=A,N,S embedding_=A,D,L,N feature_names_in_=T
hessian_tol=A,N max_iter=A,N method=A,N,S modified_tol=A,N n_components=A,N n_features_in_=N n_jobs=A,N
n_neighbors=A,N nbrs_=E neighbors_algorithm=A,N,S random_state=A,N,X reconstruction_error_=A,D,L,N reg=A,N tol=A,N
""",
    "sklearn.manifold._mds:MDS": """
_init=A,D,L,N,S,T _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _metric=A,D,L,N,S,T
_metric_mds=A,D,L,N _sklearn_output_config=D,S _sklearn_version=N,S dissimilarity=A,N,S dissimilarity_matrix_=A,D,L,N
embedding_=A,D,L,N eps=A,N feature_names_in_=T init=A,N,S max_iter=A,N metric=A,N,S metric_mds=A,N
metric_params=A,D,N,S n_components=A,N n_features_in_=N n_init=A,N n_iter_=A,D,L,N n_jobs=A,N normalized_stress=A,N,S
random_state=A,N,X stress_=A,D,L,N verbose=A,N
""",
    "sklearn.manifold._spectral_embedding:SpectralEmbedding": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
affinity=A,N,S affinity_matrix_=A,D,L,N,V eigen_solver=A,N,S eigen_tol=A,N,S embedding_=A,D,L,N feature_names_in_=T
gamma=A,N gamma_=A,D,L,N n_components=A,N n_features_in_=N n_jobs=A,N n_neighbors=A,N n_neighbors_=A,D,L,N
random_state=A,N,X
""",
    "sklearn.manifold._t_sne:TSNE": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
angle=A,N early_exaggeration=A,N embedding_=A,D,L,N feature_names_in_=T init=A,N,S kl_divergence_=A,D,L,N
learning_rate=A,N,S learning_rate_=A,D,L,N max_iter=A,N method=A,N,S metric=A,N,S metric_params=A,D,N,S
min_grad_norm=A,N n_components=A,N n_features_in_=N n_iter_=A,D,L,N n_iter_without_progress=A,N n_jobs=A,N
perplexity=A,N random_state=A,N,X verbose=A,N
""",
    "sklearn.metrics._scorer:_CurveScorer": """
_kwargs=D,N,S _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _response_method=L,S _score_func=M
_sign=N _thresholds=L,N
""",
    "sklearn.metrics._scorer:_PassthroughScorer": """
_estimator=E _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
""",
    "sklearn.metrics._scorer:_Scorer": """
_kwargs=D,N,S _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _response_method=L,S _score_func=M
_sign=N
""",
    "sklearn.mixture._bayesian_mixture:BayesianGaussianMixture": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
converged_=A,D,L,N covariance_prior=A,L,N,S,T covariance_prior_=A,D,L,N covariance_type=A,N,S covariances_=A,D,L,N
degrees_of_freedom_=A,D,L,N degrees_of_freedom_prior=A,N degrees_of_freedom_prior_=A,D,L,N feature_names_in_=T
init_params=A,N,S lower_bound_=A,D,L,N lower_bounds_=A,D,L,N max_iter=A,N mean_precision_=A,D,L,N
mean_precision_prior=A,N mean_precision_prior_=A,D,L,N mean_prior=A,L,N,S,T mean_prior_=A,D,L,N means_=A,D,L,N
n_components=A,N n_features_in_=N n_init=A,N n_iter_=A,D,L,N precisions_=A,D,L,N precisions_cholesky_=A,D,L,N
random_state=A,N,X reg_covar=A,N tol=A,N verbose=A,N verbose_interval=A,N warm_start=A,N
weight_concentration_=A,D,L,N weight_concentration_prior=A,N weight_concentration_prior_=A,D,L,N
weight_concentration_prior_type=A,N,S weights_=A,D,L,N
""",
    "sklearn.mixture._gaussian_mixture:GaussianMixture": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
converged_=A,D,L,N covariance_type=A,N,S covariances_=A,D,L,N feature_names_in_=T init_params=A,N,S
lower_bound_=A,D,L,N lower_bounds_=A,D,L,N max_iter=A,N means_=A,D,L,N means_init=A,L,N,S,T n_components=A,N
n_features_in_=N n_init=A,N n_iter_=A,D,L,N precisions_=A,D,L,N precisions_cholesky_=A,D,L,N
precisions_init=A,L,N,S,T random_state=A,N,X reg_covar=A,N tol=A,N verbose=A,N verbose_interval=A,N warm_start=A,N
weights_=A,D,L,N weights_init=A,L,N,S,T
""",
    "sklearn.model_selection._classification_threshold:FixedThresholdClassifier": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
estimator=A,E,N estimator_=E feature_names_in_=T n_features_in_=N pos_label=A,N,S response_method=A,N,S
threshold=A,N,S
""",
    "sklearn.model_selection._classification_threshold:TunedThresholdClassifierCV": """
_curve_scorer=W _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S
_sklearn_version=N,S best_score_=A,D,L,N best_threshold_=A,D,L,N cv=A,L,N,P,S cv_results_=A,D,L,N estimator=A,E,N
estimator_=E feature_names_in_=T n_features_in_=N n_jobs=A,N random_state=A,N,X refit=A,N response_method=A,N,S
scoring=A,D,L,M,N,S,W store_cv_results=A,N thresholds=A,L,N,S,T
""",
    "sklearn.model_selection._search:GridSearchCV": """
_checked_cv_orig=P _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S
_sklearn_version=N,S best_estimator_=E best_index_=A,D,L,N best_params_=A,C,D,E,F,K,L,M,N,O,Q,S,T,X,Y
best_score_=A,D,L,N cv=A,L,N,P cv_results_=@masked,A,C,D,E,F,K,L,M,N,O,P,Q,S,T,X,Y error_score=A,N,S estimator=A,E,N
feature_names_in_=T multimetric_=A,D,L,N n_features_in_=N n_jobs=A,N n_splits_=A,D,L,N
param_grid=A,C,D,E,F,K,L,M,N,O,Q,S,T,X,Y pre_dispatch=A,N,S refit=A,N,S refit_time_=A,D,L,N return_train_score=A,N
scorer_=A,D,L,M,N,S,W scoring=A,D,L,M,N,S,W verbose=A,N
""",
    "sklearn.model_selection._search:RandomizedSearchCV": """
_checked_cv_orig=P _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S
_sklearn_version=N,S best_estimator_=E best_index_=A,D,L,N best_params_=A,C,D,E,F,K,L,M,N,O,Q,S,T,X,Y
best_score_=A,D,L,N cv=A,L,N,P cv_results_=@masked,A,C,D,E,F,K,L,M,N,O,P,Q,S,T,X,Y error_score=A,N,S estimator=A,E,N
feature_names_in_=T multimetric_=A,D,L,N n_features_in_=N n_iter=A,N n_jobs=A,N n_splits_=A,D,L,N
param_distributions=A,C,D,E,F,K,L,M,N,O,Q,S,T,X,Y pre_dispatch=A,N,S random_state=A,N,X refit=A,N,S
refit_time_=A,D,L,N return_train_score=A,N scorer_=A,D,L,M,N,S,W scoring=A,D,L,M,N,S,W verbose=A,N
""",
    "sklearn.model_selection._search_successive_halving:HalvingGridSearchCV": """
_checked_cv_orig=P _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_samples_orig=A,D,L,N
_sklearn_output_config=D,S _sklearn_version=N,S aggressive_elimination=A,N best_estimator_=E best_index_=A,D,L,N
best_params_=A,C,D,E,F,K,L,M,N,O,Q,S,T,X,Y best_score_=A,D,L,N cv=A,L,N,P
cv_results_=@masked,A,C,D,E,F,K,L,M,N,O,P,Q,S,T,X,Y error_score=A,N,S estimator=A,E,N factor=A,N feature_names_in_=T
max_resources=A,N,S max_resources_=A,D,L,N min_resources=A,N,S min_resources_=A,D,L,N multimetric_=A,D,L,N
n_candidates_=A,D,L,N n_features_in_=N n_iterations_=A,D,L,N n_jobs=A,N n_possible_iterations_=A,D,L,N
n_remaining_candidates_=A,D,L,N n_required_iterations_=A,D,L,N n_resources_=A,D,L,N n_splits_=A,D,L,N
param_grid=A,C,D,E,F,K,L,M,N,O,Q,S,T,X,Y pre_dispatch=A,D,L,N,S,T random_state=A,N,X refit=A,N,S refit_time_=A,D,L,N
resource=A,N,S return_train_score=A,N scorer_=D,L,M,N,S,W scoring=A,D,L,M,N,S,W verbose=A,N
""",
    "sklearn.model_selection._search_successive_halving:HalvingRandomSearchCV": """
_checked_cv_orig=P _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_samples_orig=A,D,L,N
_sklearn_output_config=D,S _sklearn_version=N,S aggressive_elimination=A,N best_estimator_=E best_index_=A,D,L,N
best_params_=A,C,D,E,F,K,L,M,N,O,Q,S,T,X,Y best_score_=A,D,L,N cv=A,L,N,P
cv_results_=@masked,A,C,D,E,F,K,L,M,N,O,P,Q,S,T,X,Y error_score=A,N,S estimator=A,E,N factor=A,N feature_names_in_=T
max_resources=A,N,S max_resources_=A,D,L,N min_resources=A,N,S min_resources_=A,D,L,N multimetric_=A,D,L,N
n_candidates=A,N,S n_candidates_=A,D,L,N n_features_in_=N n_iterations_=A,D,L,N n_jobs=A,N
n_possible_iterations_=A,D,L,N n_remaining_candidates_=A,D,L,N n_required_iterations_=A,D,L,N n_resources_=A,D,L,N
n_splits_=A,D,L,N param_distributions=A,C,D,E,F,K,L,M,N,O,Q,S,T,X,Y pre_dispatch=A,D,L,N,S,T random_state=A,N,X
refit=A,N,S refit_time_=A,D,L,N resource=A,N,S return_train_score=A,N scorer_=D,L,M,N,S,W scoring=A,D,L,M,N,S,W
verbose=A,N
""",
    "sklearn.model_selection._split:GroupKFold": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest n_splits=N random_state=N,X shuffle=N
""",
    "sklearn.model_selection._split:GroupShuffleSplit": """
_default_test_size=N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest n_splits=N random_state=N,X
test_size=N train_size=N
""",
    "sklearn.model_selection._split:KFold": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest n_splits=N random_state=N,X shuffle=N
""",
    "sklearn.model_selection._split:LeaveOneGroupOut": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
""",
    "sklearn.model_selection._split:LeaveOneOut": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
""",
    "sklearn.model_selection._split:LeavePGroupsOut": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest n_groups=N
""",
    "sklearn.model_selection._split:LeavePOut": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest p=N
""",
    "sklearn.model_selection._split:PredefinedSplit": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest test_fold=A unique_folds=A
""",
    "sklearn.model_selection._split:RepeatedKFold": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest cv=@sklearn.model_selection._split:KFold,A,L,N,P
cvargs=D,N n_repeats=N random_state=N,X
""",
    "sklearn.model_selection._split:RepeatedStratifiedKFold": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
cv=@sklearn.model_selection._split:StratifiedKFold,A,L,N,P cvargs=D,N n_repeats=N random_state=N,X
""",
    "sklearn.model_selection._split:ShuffleSplit": """
_default_test_size=N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest n_splits=N random_state=N,X
test_size=N train_size=N
""",
    "sklearn.model_selection._split:StratifiedGroupKFold": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest n_splits=N random_state=N,X shuffle=N
""",
    "sklearn.model_selection._split:StratifiedKFold": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest n_splits=N random_state=N,X shuffle=N
""",
    "sklearn.model_selection._split:StratifiedShuffleSplit": """
_default_test_size=N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest n_splits=N random_state=N,X
test_size=N train_size=N
""",
    "sklearn.model_selection._split:TimeSeriesSplit": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest gap=N max_train_size=N n_splits=N
random_state=N,X shuffle=N test_size=N
""",
    "sklearn.model_selection._split:_CVIterableWrapper": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest cv=A,L,N,P
""",
    "sklearn.multiclass:OneVsOneClassifier": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
classes_=A,D,L,N,S,T estimator=@sklearn.gaussian_process._gpc:_BinaryGaussianProcessClassifierLaplace,A,E,N
estimators_=@sklearn.gaussian_process._gpc:_BinaryGaussianProcessClassifierLaplace,A,D,E,L,N feature_names_in_=T
n_features_in_=N n_jobs=A,N pairwise_indices_=A,D,L,N
""",
    "sklearn.multiclass:OneVsRestClassifier": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
classes_=A,D,L,N,S,T estimator=@sklearn.gaussian_process._gpc:_BinaryGaussianProcessClassifierLaplace,A,E,N
estimators_=@sklearn.gaussian_process._gpc:_BinaryGaussianProcessClassifierLaplace,A,D,E,L,N feature_names_in_=T
label_binarizer_=E n_features_in_=N n_jobs=A,N verbose=A,N
""",
    "sklearn.multiclass:OutputCodeClassifier": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
classes_=A,D,L,N,S,T code_book_=A,D,L,N code_size=A,N estimator=A,E,N
estimators_=@sklearn.multiclass:_ConstantPredictor,A,D,E,L,N feature_names_in_=T n_features_in_=N n_jobs=A,N
random_state=A,N,X
""",
    "sklearn.multiclass:_ConstantPredictor": """
_sklearn_version=S feature_names_in_=T n_features_in_=N y_=A,D,L,N
""",
    "sklearn.multioutput:ClassifierChain": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
chain_method=A,L,N,S chain_method_=A,D,L,N,S,T classes_=A,D,L,N,S,T cv=A,L,N,P,S estimator=A,E,N
estimators_=A,D,E,L,N feature_names_in_=T n_features_in_=N order=A,L,N,S,T order_=A,D,L,N random_state=A,N,X
verbose=A,N
""",
    "sklearn.multioutput:MultiOutputClassifier": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
classes_=A,D,L,N,S,T estimator=A,E,N estimators_=A,D,E,L,N feature_names_in_=T n_features_in_=N n_jobs=A,N
""",
    "sklearn.multioutput:MultiOutputRegressor": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
estimator=A,E,N estimators_=A,D,E,L,N feature_names_in_=T n_features_in_=N n_jobs=A,N
""",
    "sklearn.multioutput:RegressorChain": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
cv=A,L,N,P,S estimator=A,E,N estimators_=A,D,E,L,N feature_names_in_=T n_features_in_=N order=A,L,N,S,T
order_=A,D,L,N random_state=A,N,X verbose=A,N
""",
    "sklearn.naive_bayes:BernoulliNB": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha=A,L,N,S,T binarize=A,N class_count_=A,D,L,N class_log_prior_=A,D,L,N class_prior=A,L,N,S,T classes_=A,D,L,N,S,T
feature_count_=A,D,L,N feature_log_prob_=A,D,L,N feature_names_in_=T fit_prior=A,N force_alpha=A,N,S n_features_in_=N
""",
    "sklearn.naive_bayes:CategoricalNB": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha=A,N category_count_=A,D,L,N class_count_=A,D,L,N class_log_prior_=A,D,L,N class_prior=A,L,N,S,T
classes_=A,D,L,N,S,T feature_log_prob_=A,D,L,N feature_names_in_=T fit_prior=A,N force_alpha=A,N,S
min_categories=A,L,N,S,T n_categories_=A,D,L,N n_features_in_=N
""",
    "sklearn.naive_bayes:ComplementNB": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha=A,L,N,S,T class_count_=A,D,L,N class_log_prior_=A,D,L,N class_prior=A,L,N,S,T classes_=A,D,L,N,S,T
feature_all_=A,D,L,N feature_count_=A,D,L,N feature_log_prob_=A,D,L,N feature_names_in_=T fit_prior=A,N
force_alpha=A,N,S n_features_in_=N norm=A,N
""",
    "sklearn.naive_bayes:GaussianNB": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
class_count_=A,D,L,N class_prior_=A,D,L,N classes_=A,D,L,N,S,T epsilon_=A,D,L,N feature_names_in_=T n_features_in_=N
priors=A,L,N,S,T theta_=A,D,L,N var_=A,D,L,N var_smoothing=A,N
""",
    "sklearn.naive_bayes:MultinomialNB": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
alpha=A,L,N,S,T class_count_=A,D,L,N class_log_prior_=A,D,L,N class_prior=A,L,N,S,T classes_=A,D,L,N,S,T
feature_count_=A,D,L,N feature_log_prob_=A,D,L,N feature_names_in_=T fit_prior=A,N force_alpha=A,N,S n_features_in_=N
""",
    "sklearn.neighbors._classification:KNeighborsClassifier": """
_fit_X=A,D,L,N,V _fit_method=A,D,L,N,S,T _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_sklearn_output_config=D,S _sklearn_version=N,S _tree=A,D,J,L,N _y=A,D,L,N algorithm=A,N,S classes_=A,D,L,N,S,T
effective_metric_=A,D,L,N,S,T effective_metric_params_=A,D,L,N feature_names_in_=T leaf_size=A,N metric=A,N,S
metric_params=A,D,N,S n_features_in_=N n_jobs=A,N n_neighbors=A,N n_samples_fit_=A,D,L,N outputs_2d_=A,D,L,N p=A,N
radius=A,D,L,N weights=A,N,S
""",
    "sklearn.neighbors._classification:RadiusNeighborsClassifier": """
_fit_X=A,D,L,N,V _fit_method=A,D,L,N,S,T _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_sklearn_output_config=D,S _sklearn_version=N,S _tree=A,D,J,L,N _y=A,D,L,N algorithm=A,N,S classes_=A,D,L,N,S,T
effective_metric_=A,D,L,N,S,T effective_metric_params_=A,D,L,N feature_names_in_=T leaf_size=A,N metric=A,N,S
metric_params=A,D,N,S n_features_in_=N n_jobs=A,N n_neighbors=A,D,L,N n_samples_fit_=A,D,L,N outlier_label=A,L,N,S,T
outlier_label_=A,D,L,N outputs_2d_=A,D,L,N p=A,N radius=A,N weights=A,N,S
""",
    "sklearn.neighbors._graph:KNeighborsTransformer": """
_fit_X=A,D,L,N,V _fit_method=A,D,L,N,S,T _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_n_features_out=A,D,L,N _sklearn_output_config=D,N,S _sklearn_version=N,S _tree=A,D,J,L,N algorithm=A,N,S
effective_metric_=A,D,L,N,S,T effective_metric_params_=A,D,L,N feature_names_in_=T leaf_size=A,N metric=A,N,S
metric_params=A,D,N,S mode=A,N,S n_features_in_=N n_jobs=A,N n_neighbors=A,N n_samples_fit_=A,D,L,N p=A,N
radius=A,D,L,N
""",
    "sklearn.neighbors._graph:RadiusNeighborsTransformer": """
_fit_X=A,D,L,N,V _fit_method=A,D,L,N,S,T _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_n_features_out=A,D,L,N _sklearn_output_config=D,N,S _sklearn_version=N,S _tree=A,D,J,L,N algorithm=A,N,S
effective_metric_=A,D,L,N,S,T effective_metric_params_=A,D,L,N feature_names_in_=T leaf_size=A,N metric=A,N,S
metric_params=A,D,N,S mode=A,N,S n_features_in_=N n_jobs=A,N n_neighbors=A,D,L,N n_samples_fit_=A,D,L,N p=A,N
radius=A,N
""",
    "sklearn.neighbors._kde:KernelDensity": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
algorithm=A,N,S atol=A,N bandwidth=A,N,S bandwidth_=A,D,L,N breadth_first=A,N feature_names_in_=T kernel=A,N,S
leaf_size=A,N metric=A,N,S metric_params=A,D,N,S n_features_in_=N rtol=A,N tree_=J
""",
    "sklearn.neighbors._lof:LocalOutlierFactor": """
_distances_fit_X_=A,D,L,N _fit_X=A,D,L,N,V _fit_method=A,D,L,N,S,T _lrd=A,D,L,N
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
_tree=A,D,J,L,N algorithm=A,N,S contamination=A,N,S effective_metric_=A,D,L,N,S,T effective_metric_params_=A,D,L,N
feature_names_in_=T leaf_size=A,N metric=A,N,S metric_params=A,D,N,S n_features_in_=N n_jobs=A,N n_neighbors=A,N
n_neighbors_=A,D,L,N n_samples_fit_=A,D,L,N negative_outlier_factor_=A,D,L,N novelty=A,N offset_=A,D,L,N p=A,N
radius=A,D,L,N
""",
    "sklearn.neighbors._nca:NeighborhoodComponentsAnalysis": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
callback=A,N components_=A,D,L,N,V feature_names_in_=T init=A,N,S max_iter=A,N n_components=A,N n_features_in_=N
n_iter_=A,D,L,N random_state=A,N,X random_state_=N,X tol=A,N verbose=A,N warm_start=A,N
""",
    "sklearn.neighbors._nearest_centroid:NearestCentroid": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
centroids_=A,D,L,N class_prior_=A,D,L,N classes_=A,D,L,N,S,T deviations_=A,D,L,N feature_names_in_=T metric=A,N,S
n_features_in_=N priors=A,L,N,S,T shrink_threshold=A,N within_class_std_dev_=A,D,L,N
""",
    "sklearn.neighbors._regression:KNeighborsRegressor": """
_fit_X=A,D,L,N,V _fit_method=A,D,L,N,S,T _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_sklearn_output_config=D,S _sklearn_version=N,S _tree=A,D,J,L,N _y=A,D,L,N,S,T algorithm=A,N,S
effective_metric_=A,D,L,N,S,T effective_metric_params_=A,D,L,N feature_names_in_=T leaf_size=A,N metric=A,N,S
metric_params=A,D,N,S n_features_in_=N n_jobs=A,N n_neighbors=A,N n_samples_fit_=A,D,L,N p=A,N radius=A,D,L,N
weights=A,N,S
""",
    "sklearn.neighbors._regression:RadiusNeighborsRegressor": """
_fit_X=A,D,L,N,V _fit_method=A,D,L,N,S,T _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_sklearn_output_config=D,S _sklearn_version=N,S _tree=A,D,J,L,N _y=A,D,L,N,S,T algorithm=A,N,S
effective_metric_=A,D,L,N,S,T effective_metric_params_=A,D,L,N feature_names_in_=T leaf_size=A,N metric=A,N,S
metric_params=A,D,N,S n_features_in_=N n_jobs=A,N n_neighbors=A,D,L,N n_samples_fit_=A,D,L,N p=A,N radius=A,N
weights=A,N,S
""",
    "sklearn.neighbors._unsupervised:NearestNeighbors": """
_fit_X=A,D,L,N,V _fit_method=A,D,L,N,S,T _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_sklearn_output_config=D,S _sklearn_version=N,S _tree=A,D,J,L,N algorithm=A,N,S effective_metric_=A,D,L,N,S,T
effective_metric_params_=A,D,L,N feature_names_in_=T leaf_size=A,N metric=A,N,S metric_params=A,D,N,S
n_features_in_=N n_jobs=A,N n_neighbors=A,N n_samples_fit_=A,D,L,N p=A,N radius=A,N
""",
    "sklearn.neural_network._multilayer_perceptron:MLPClassifier": """
_best_coefs=A,D,L,N _best_intercepts=A,D,L,N _coef_indptr=A,D,L,N _intercept_indptr=A,D,L,N _label_binarizer=E
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _no_improvement_count=A,D,L,N
_optimizer=@sklearn.neural_network._stochastic_optimizers:AdamOptimizer,@sklearn.neural_network._stochastic_optimizers:SGDOptimizer
_random_state=N,X _sklearn_output_config=D,S _sklearn_version=N,S activation=A,N,S alpha=A,N batch_size=A,N,S
best_loss_=A,D,L,N best_validation_score_=A,D,L,N beta_1=A,N beta_2=A,N classes_=A,D,L,N,S,T coefs_=A,D,L,N
early_stopping=A,N epsilon=A,N feature_names_in_=T hidden_layer_sizes=A,L,N,S,T intercepts_=A,D,L,N
learning_rate=A,N,S learning_rate_init=A,N loss=A,D,L,N,S,T loss_=A,D,L,N loss_curve_=A,D,L,N max_fun=A,N
max_iter=A,N momentum=A,N n_features_in_=N n_iter_=A,D,L,N n_iter_no_change=A,N n_layers_=A,D,L,N n_outputs_=A,D,L,N
nesterovs_momentum=A,N out_activation_=A,D,L,N,S,T power_t=A,N random_state=A,N,X shuffle=A,N solver=A,N,S t_=A,D,L,N
tol=A,N validation_fraction=A,N validation_scores_=A,D,L,N verbose=A,N warm_start=A,N
""",
    "sklearn.neural_network._multilayer_perceptron:MLPRegressor": """
_best_coefs=A,D,L,N _best_intercepts=A,D,L,N _coef_indptr=A,D,L,N _intercept_indptr=A,D,L,N
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _no_improvement_count=A,D,L,N
_optimizer=@sklearn.neural_network._stochastic_optimizers:AdamOptimizer,@sklearn.neural_network._stochastic_optimizers:SGDOptimizer
_random_state=N,X _sklearn_output_config=D,S _sklearn_version=N,S activation=A,N,S alpha=A,N batch_size=A,N,S
best_loss_=A,D,L,N best_validation_score_=A,D,L,N beta_1=A,N beta_2=A,N coefs_=A,D,L,N early_stopping=A,N epsilon=A,N
feature_names_in_=T hidden_layer_sizes=A,L,N,S,T intercepts_=A,D,L,N learning_rate=A,N,S learning_rate_init=A,N
loss=A,N,S loss_=A,D,L,N loss_curve_=A,D,L,N max_fun=A,N max_iter=A,N momentum=A,N n_features_in_=N n_iter_=A,D,L,N
n_iter_no_change=A,N n_layers_=A,D,L,N n_outputs_=A,D,L,N nesterovs_momentum=A,N out_activation_=A,D,L,N,S,T
power_t=A,N random_state=A,N,X shuffle=A,N solver=A,N,S t_=A,D,L,N tol=A,N validation_fraction=A,N
validation_scores_=A,D,L,N verbose=A,N warm_start=A,N
""",
    "sklearn.neural_network._rbm:BernoulliRBM": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N
_sklearn_output_config=D,N,S _sklearn_version=N,S batch_size=A,N components_=A,D,L,N,V feature_names_in_=T
h_samples_=A,D,L,N intercept_hidden_=A,D,L,N intercept_visible_=A,D,L,N learning_rate=A,N n_components=A,N
n_features_in_=N n_iter=A,N random_state=A,N,X verbose=A,N
""",
    "sklearn.neural_network._stochastic_optimizers:AdamOptimizer": """
beta_1=N beta_2=N epsilon=N learning_rate=N learning_rate_init=N ms=A,L t=N vs=A,L
""",
    "sklearn.neural_network._stochastic_optimizers:SGDOptimizer": """
learning_rate=N learning_rate_init=N lr_schedule=S momentum=N nesterov=N power_t=N velocities=A,L
""",
    "sklearn.pipeline:FeatureUnion": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
feature_names_in_=T n_features_in_=N n_jobs=A,N transformer_list=A,E,L,N,S transformer_weights=A,D,N verbose=A,N
verbose_feature_names_out=A,N
""",
    "sklearn.pipeline:Pipeline": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
feature_names_in_=T memory=A,E,N,S n_features_in_=N steps=A,E,L,N,S transform_input=A,L,N,S verbose=A,N
""",
    "sklearn.preprocessing._data:Binarizer": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
copy=A,N feature_names_in_=T n_features_in_=N threshold=A,N
""",
    "sklearn.preprocessing._data:KernelCenterer": """
K_fit_all_=A,D,L,N K_fit_rows_=A,D,L,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_sklearn_output_config=D,N,S _sklearn_version=N,S feature_names_in_=T n_features_in_=N
""",
    "sklearn.preprocessing._data:MaxAbsScaler": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
clip=A,N copy=A,N feature_names_in_=T max_abs_=A,D,L,N n_features_in_=N n_samples_seen_=A,D,L,N scale_=A,D,L,N
""",
    "sklearn.preprocessing._data:MinMaxScaler": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
clip=A,N copy=A,N data_max_=A,D,L,N data_min_=A,D,L,N data_range_=A,D,L,N feature_names_in_=T feature_range=A,L,N,S
min_=A,D,L,N n_features_in_=N n_samples_seen_=A,D,L,N scale_=A,D,L,N
""",
    "sklearn.preprocessing._data:Normalizer": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
copy=A,N feature_names_in_=T n_features_in_=N norm=A,N,S
""",
    "sklearn.preprocessing._data:PowerTransformer": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _scaler=E _sklearn_output_config=D,N,S
_sklearn_version=N,S copy=A,N feature_names_in_=T lambdas_=A,D,L,N method=A,N,S n_features_in_=N standardize=A,N
""",
    "sklearn.preprocessing._data:QuantileTransformer": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
copy=A,N feature_names_in_=T ignore_implicit_zeros=A,N n_features_in_=N n_quantiles=A,N n_quantiles_=A,D,L,N
output_distribution=A,N,S quantiles_=A,D,L,N random_state=A,N,X references_=A,D,L,N subsample=A,N
""",
    "sklearn.preprocessing._data:RobustScaler": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
center_=A,D,L,N copy=A,N feature_names_in_=T n_features_in_=N quantile_range=A,L,N,S scale_=A,D,L,N unit_variance=A,N
with_centering=A,N with_scaling=A,N
""",
    "sklearn.preprocessing._data:StandardScaler": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
copy=A,N feature_names_in_=T mean_=A,D,L,N n_features_in_=N n_samples_seen_=A,D,L,N scale_=A,D,L,N var_=A,D,L,N
with_mean=A,N with_std=A,N
""",
    "sklearn.preprocessing._discretization:KBinsDiscretizer": """
_encoder=E _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S
_sklearn_version=N,S bin_edges_=A,D,L,N,O dtype=A,N,S,Y encode=A,N,S feature_names_in_=T n_bins=A,L,N,S,T
n_bins_=A,D,L,N n_features_in_=N quantile_method=A,N,S random_state=A,N,X strategy=A,N,S subsample=A,N,S
""",
    "sklearn.preprocessing._encoders:OneHotEncoder": """
_default_to_infrequent_mappings=A,D,L,N _drop_idx_after_grouping=A,D,L,N,S,T _infrequent_enabled=A,D,L,N
_infrequent_indices=A,D,L,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_n_features_outs=A,D,L,N _sklearn_output_config=D,N,S _sklearn_version=N,S categories=A,L,N,S,T
categories_=A,D,L,N,S,T drop=A,L,N,S,T drop_idx_=A,D,L,N,S,T dtype=A,N,S,Y feature_name_combiner=A,N,S
feature_names_in_=T handle_unknown=A,N,S max_categories=A,N min_frequency=A,N n_features_in_=N sparse_output=A,N
""",
    "sklearn.preprocessing._encoders:OrdinalEncoder": """
_default_to_infrequent_mappings=A,D,L,N _infrequent_enabled=A,D,L,N _infrequent_indices=A,D,L,N
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _missing_indices=A,D,L,N
_sklearn_output_config=D,N,S _sklearn_version=N,S categories=A,L,N,S,T categories_=A,D,L,N,S,T dtype=A,N,S,Y
encoded_missing_value=A,N feature_names_in_=T handle_unknown=A,N,S max_categories=A,N min_frequency=A,N
n_features_in_=N unknown_value=A,N
""",
    "sklearn.preprocessing._function_transformer:FunctionTransformer": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,N,S _sklearn_version=N,S
accept_sparse=A,N check_inverse=A,N feature_names_in_=T feature_names_out=A,N,S func=@functools:partial,A,F,N
inv_kw_args=A,D,N,S inverse_func=A,F,N kw_args=A,D,N,S n_features_in_=N validate=A,N
""",
    "sklearn.preprocessing._label:LabelBinarizer": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
classes_=A,D,L,N,S,T feature_names_in_=T n_features_in_=N neg_label=A,N pos_label=A,N sparse_input_=A,D,L,N
sparse_output=A,N y_type_=A,D,L,N,S,T
""",
    "sklearn.preprocessing._label:LabelEncoder": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
classes_=A,D,L,N,S,T feature_names_in_=T n_features_in_=N
""",
    "sklearn.preprocessing._label:MultiLabelBinarizer": """
_cached_dict=A,D,L,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S
_sklearn_version=N,S classes=A,L,N,S,T classes_=A,D,L,N,S,T feature_names_in_=T n_features_in_=N sparse_output=A,N
""",
    "sklearn.preprocessing._polynomial:PolynomialFeatures": """
_max_degree=A,D,L,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _min_degree=A,D,L,N
_n_out_full=A,D,L,N _sklearn_output_config=D,N,S _sklearn_version=N,S degree=A,L,N,S,T feature_names_in_=T
include_bias=A,N interaction_only=A,N n_features_in_=N n_output_features_=A,D,L,N order=A,N,S
""",
    "sklearn.preprocessing._polynomial:SplineTransformer": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
bsplines_=@scipy.interpolate._bsplines:BSpline,A,D,L,N degree=A,N extrapolation=A,N,S feature_names_in_=T
handle_missing=A,N,S include_bias=A,N knots=A,L,N,S,T n_features_in_=N n_features_out_=A,D,L,N n_knots=A,N
order=A,N,S sparse_output=A,N
""",
    "sklearn.preprocessing._target_encoder:TargetEncoder": """
_infrequent_enabled=A,D,L,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest
_sklearn_output_config=D,S _sklearn_version=N,S categories=A,L,N,S,T categories_=A,D,L,N,S,T classes_=A,D,L,N,S,T
cv=A,L,N,P encodings_=A,D,L,N feature_names_in_=T n_features_in_=N random_state=A,N,S,X shuffle=A,N,S smooth=A,N,S
target_mean_=A,D,L,N target_type=A,N,S target_type_=A,D,L,N,S,T
""",
    "sklearn.random_projection:GaussianRandomProjection": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N
_sklearn_output_config=D,S _sklearn_version=N,S components_=A,D,L,N,V compute_inverse_components=A,N eps=A,N
feature_names_in_=T inverse_components_=A,D,L,N n_components=A,N,S n_components_=A,D,L,N n_features_in_=N
random_state=A,N,X
""",
    "sklearn.random_projection:SparseRandomProjection": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_features_out=A,D,L,N
_sklearn_output_config=D,S _sklearn_version=N,S components_=V compute_inverse_components=A,N dense_output=A,N
density=A,N,S density_=A,D,L,N eps=A,N feature_names_in_=T inverse_components_=A,D,L,N n_components=A,N,S
n_components_=A,D,L,N n_features_in_=N random_state=A,N,X
""",
    "sklearn.semi_supervised._label_propagation:LabelPropagation": """
X_=A,D,L,N,V _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S
_sklearn_version=N,S alpha=A,D,L,N classes_=A,D,L,N,S,T feature_names_in_=T gamma=A,N kernel=A,N,S
label_distributions_=A,D,L,N max_iter=A,N n_features_in_=N n_iter_=A,D,L,N n_jobs=A,N n_neighbors=A,N nn_fit=E
tol=A,N transduction_=A,D,L,N,S,T
""",
    "sklearn.semi_supervised._label_propagation:LabelSpreading": """
X_=A,D,L,N,V _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S
_sklearn_version=N,S alpha=A,N classes_=A,D,L,N,S,T feature_names_in_=T gamma=A,N kernel=A,N,S
label_distributions_=A,D,L,N max_iter=A,N n_features_in_=N n_iter_=A,D,L,N n_jobs=A,N n_neighbors=A,N nn_fit=E
tol=A,N transduction_=A,D,L,N,S,T
""",
    "sklearn.semi_supervised._self_training:SelfTrainingClassifier": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
classes_=A,D,L,N,S,T criterion=A,N,S estimator=A,E,N estimator_=E feature_names_in_=T k_best=A,N
labeled_iter_=A,D,L,N,S,T max_iter=A,N n_features_in_=N n_iter_=A,D,L,N termination_condition_=A,D,L,N,S,T
threshold=A,N transduction_=A,D,L,N,S,T verbose=A,N
""",
    "sklearn.svm._classes:LinearSVC": """
C=A,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S
_sklearn_version=N,S class_weight=A,D,N,S classes_=A,D,L,N,S,T coef_=A,D,L,N,V dual=A,N,S feature_names_in_=T
fit_intercept=A,N intercept_=A,D,L,N intercept_scaling=A,N loss=A,N,S max_iter=A,N multi_class=A,N,S n_features_in_=N
n_iter_=A,D,L,N penalty=A,N,S random_state=A,N,X tol=A,N verbose=A,N
""",
    "sklearn.svm._classes:LinearSVR": """
C=A,N _metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S
_sklearn_version=N,S coef_=A,D,L,N,V dual=A,N,S epsilon=A,N feature_names_in_=T fit_intercept=A,N intercept_=A,D,L,N
intercept_scaling=A,N loss=A,N,S max_iter=A,N n_features_in_=N n_iter_=A,D,L,N random_state=A,N,X tol=A,N verbose=A,N
""",
    "sklearn.svm._classes:NuSVC": """
C=A,D,L,N _dual_coef_=A,D,L,N,V _effective_probability=A,D,L,N _gamma=A,D,L,N _intercept_=A,D,L,N
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_support=A,D,L,N _num_iter=A,D,L,N
_probA=A,D,L,N _probB=A,D,L,N _sklearn_output_config=D,S _sklearn_version=N,S _sparse=A,D,L,N break_ties=A,N
cache_size=A,N class_weight=A,D,N,S class_weight_=A,D,L,N classes_=A,D,L,N,S,T coef0=A,N
decision_function_shape=A,N,S degree=A,N dual_coef_=A,D,L,N,V epsilon=A,D,L,N feature_names_in_=T fit_status_=A,D,L,N
gamma=A,N,S intercept_=A,D,L,N kernel=A,N,S max_iter=A,N n_features_in_=N n_iter_=A,D,L,N nu=A,N probability=A,N,S
random_state=A,N,X shape_fit_=A,D,L,N shrinking=A,N support_=A,D,L,N support_vectors_=A,D,L,N,V tol=A,N verbose=A,N
""",
    "sklearn.svm._classes:NuSVR": """
C=A,N _dual_coef_=A,D,L,N,V _effective_probability=A,D,L,N _gamma=A,D,L,N _intercept_=A,D,L,N
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_support=A,D,L,N _num_iter=A,D,L,N
_probA=A,D,L,N _probB=A,D,L,N _sklearn_output_config=D,S _sklearn_version=N,S _sparse=A,D,L,N cache_size=A,N
class_weight=A,D,L,N coef0=A,N degree=A,N dual_coef_=A,D,L,N,V epsilon=A,D,L,N feature_names_in_=T
fit_status_=A,D,L,N gamma=A,N,S intercept_=A,D,L,N kernel=A,N,S max_iter=A,N n_features_in_=N n_iter_=A,D,L,N nu=A,N
probability=A,D,L,N random_state=A,D,L,N,X shape_fit_=A,D,L,N shrinking=A,N support_=A,D,L,N
support_vectors_=A,D,L,N,V tol=A,N verbose=A,N
""",
    "sklearn.svm._classes:OneClassSVM": """
C=A,D,L,N _dual_coef_=A,D,L,N,V _effective_probability=A,D,L,N _gamma=A,D,L,N _intercept_=A,D,L,N
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_support=A,D,L,N _num_iter=A,D,L,N
_probA=A,D,L,N _probB=A,D,L,N _sklearn_output_config=D,S _sklearn_version=N,S _sparse=A,D,L,N cache_size=A,N
class_weight=A,D,L,N coef0=A,N degree=A,N dual_coef_=A,D,L,N,V epsilon=A,D,L,N feature_names_in_=T
fit_status_=A,D,L,N gamma=A,N,S intercept_=A,D,L,N kernel=A,N,S max_iter=A,N n_features_in_=N n_iter_=A,D,L,N nu=A,N
offset_=A,D,L,N probability=A,D,L,N random_state=A,D,L,N,X shape_fit_=A,D,L,N shrinking=A,N support_=A,D,L,N
support_vectors_=A,D,L,N,V tol=A,N verbose=A,N
""",
    "sklearn.svm._classes:SVC": """
C=A,N _dual_coef_=A,D,L,N,V _effective_probability=A,D,L,N _gamma=A,D,L,N _intercept_=A,D,L,N
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_support=A,D,L,N _num_iter=A,D,L,N
_probA=A,D,L,N _probB=A,D,L,N _sklearn_output_config=D,S _sklearn_version=N,S _sparse=A,D,L,N break_ties=A,N
cache_size=A,N class_weight=A,D,N,S class_weight_=A,D,L,N classes_=A,D,L,N,S,T coef0=A,N
decision_function_shape=A,N,S degree=A,N dual_coef_=A,D,L,N,V epsilon=A,D,L,N feature_names_in_=T fit_status_=A,D,L,N
gamma=A,N,S intercept_=A,D,L,N kernel=A,N,S max_iter=A,N n_features_in_=N n_iter_=A,D,L,N nu=A,D,L,N
probability=A,N,S random_state=A,N,X shape_fit_=A,D,L,N shrinking=A,N support_=A,D,L,N support_vectors_=A,D,L,N,V
tol=A,N verbose=A,N
""",
    "sklearn.svm._classes:SVR": """
C=A,N _dual_coef_=A,D,L,N,V _effective_probability=A,D,L,N _gamma=A,D,L,N _intercept_=A,D,L,N
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _n_support=A,D,L,N _num_iter=A,D,L,N
_probA=A,D,L,N _probB=A,D,L,N _sklearn_output_config=D,S _sklearn_version=N,S _sparse=A,D,L,N cache_size=A,N
class_weight=A,D,L,N coef0=A,N degree=A,N dual_coef_=A,D,L,N,V epsilon=A,N feature_names_in_=T fit_status_=A,D,L,N
gamma=A,N,S intercept_=A,D,L,N kernel=A,N,S max_iter=A,N n_features_in_=N n_iter_=A,D,L,N nu=A,D,L,N
probability=A,D,L,N random_state=A,D,L,N,X shape_fit_=A,D,L,N shrinking=A,N support_=A,D,L,N
support_vectors_=A,D,L,N,V tol=A,N verbose=A,N
""",
    "sklearn.tree._classes:DecisionTreeClassifier": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
ccp_alpha=A,N class_weight=A,D,L,N,S classes_=A,D,L,N,S,T criterion=A,N,S feature_names_in_=T max_depth=A,N
max_features=A,N,S max_features_=A,D,L,N max_leaf_nodes=A,N min_impurity_decrease=A,N min_samples_leaf=A,N
min_samples_split=A,N min_weight_fraction_leaf=A,N monotonic_cst=A,L,N,S,T n_classes_=A,D,L,N n_features_in_=N
n_outputs_=A,D,L,N random_state=A,N,X splitter=A,N,S tree_=@sklearn.tree._tree:Tree
""",
    "sklearn.tree._classes:DecisionTreeRegressor": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
ccp_alpha=A,N class_weight=A,D,L,N criterion=A,N,S feature_names_in_=T max_depth=A,N max_features=A,N,S
max_features_=A,D,L,N max_leaf_nodes=A,N min_impurity_decrease=A,N min_samples_leaf=A,N min_samples_split=A,N
min_weight_fraction_leaf=A,N monotonic_cst=A,L,N,S,T n_features_in_=N n_outputs_=A,D,L,N random_state=A,N,X
splitter=A,N,S tree_=@sklearn.tree._tree:Tree
""",
    "sklearn.tree._classes:ExtraTreeClassifier": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
ccp_alpha=A,N class_weight=A,D,L,N,S classes_=A,D,L,N,S,T criterion=A,N,S feature_names_in_=T max_depth=A,N
max_features=A,N,S max_features_=A,D,L,N max_leaf_nodes=A,N min_impurity_decrease=A,N min_samples_leaf=A,N
min_samples_split=A,N min_weight_fraction_leaf=A,N monotonic_cst=A,L,N,S,T n_classes_=A,D,L,N n_features_in_=N
n_outputs_=A,D,L,N random_state=A,N,X splitter=A,N,S tree_=@sklearn.tree._tree:Tree
""",
    "sklearn.tree._classes:ExtraTreeRegressor": """
_metadata_request=@sklearn.utils._metadata_requests:MetadataRequest _sklearn_output_config=D,S _sklearn_version=N,S
ccp_alpha=A,N class_weight=A,D,L,N criterion=A,N,S feature_names_in_=T max_depth=A,N max_features=A,N,S
max_features_=A,D,L,N max_leaf_nodes=A,N min_impurity_decrease=A,N min_samples_leaf=A,N min_samples_split=A,N
min_weight_fraction_leaf=A,N monotonic_cst=A,L,N,S,T n_features_in_=N n_outputs_=A,D,L,N random_state=A,N,X
splitter=A,N,S tree_=@sklearn.tree._tree:Tree
""",
    "sklearn.tree._tree:Tree": """
max_depth=N node_count=N nodes=R values=A
""",
    "sklearn.utils._bunch:Bunch": """
*=A,D,E,L,N,S,T _deprecated_key_to_warnings=D
""",
    "sklearn.utils._metadata_requests:MetadataRequest": """
decision_function=@sklearn.utils._metadata_requests:MethodMetadataRequest
fit=@sklearn.utils._metadata_requests:MethodMetadataRequest
inverse_transform=@sklearn.utils._metadata_requests:MethodMetadataRequest owner=E,P,S,W
partial_fit=@sklearn.utils._metadata_requests:MethodMetadataRequest
predict=@sklearn.utils._metadata_requests:MethodMetadataRequest
predict_log_proba=@sklearn.utils._metadata_requests:MethodMetadataRequest
predict_proba=@sklearn.utils._metadata_requests:MethodMetadataRequest
score=@sklearn.utils._metadata_requests:MethodMetadataRequest
split=@sklearn.utils._metadata_requests:MethodMetadataRequest
transform=@sklearn.utils._metadata_requests:MethodMetadataRequest
""",
    "sklearn.utils._metadata_requests:MethodMetadataRequest": """
_requests=D,N,S method=S owner=E,P,S,W
""",
}
